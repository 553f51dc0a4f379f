package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.given.Configured;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.tls.Trust;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustsTest {

    private final Trusts trusts = new Trusts(new Once(new RecordedEvents()));

    @ParameterizedTest
    @CsvSource({
        "orders.abc123xyz.eu-west-1.rds.amazonaws.com, eu-west-1, verify-full",
        "orders.abc123xyz.eu-west-1.rds.amazonaws.com, , verify-full",
        "orders.proxy-abc123xyz.eu-west-1.rds.amazonaws.com, eu-west-1, verify-full",
        "db.example.com, , require"
    })
    void theSameTrustServesEveryConnectSoThatItsSessionsAreResumed(String host, String region, String tls)
            throws Exception {
        DatabaseConfig config = Configured.database("tls=" + tls);
        Trust first = trusts.trust(config, config.tls(), host, region);

        assertThat(trusts.trust(config, config.tls(), host, region)).isSameAs(first);
    }
}
