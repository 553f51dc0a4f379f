package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application asks of TLS beside what the agent insists on. */
class AskedTlsTest extends ConnectorFixture {

    @ParameterizedTest
    @ValueSource(strings = {"sslmode=disable", "sslmode=prefer", "sslmode=require", "sslmode=verify-ca", "ssl=false"})
    void weakerIsRaisedAndSaidOnce(String asked) throws SQLException {
        connect("iam=auto", "jdbc:postgresql://" + ONE + "/orders?" + asked);
        connect("iam=auto", "jdbc:postgresql://" + ONE + "/orders?" + asked);

        assertThat(driver.settings)
                .extracting(info -> info.getProperty("sslmode"))
                .containsOnly("verify-full");
        assertThat(notices()).singleElement().asString().contains("asks for " + asked, "gets verify-full");
    }

    @ParameterizedTest
    @CsvSource({
        "require,     verify-full, verify-full",
        "require,     verify-ca,   verify-ca",
        "require,     require,     require",
        "verify-ca,   verify-full, verify-full",
        "verify-full, verify-full, verify-full",
    })
    void stricterIsKeptAndNothingSaid(String configured, String asked, String used) throws SQLException {
        connect("iam=auto;tls=" + configured, "jdbc:postgresql://" + ONE + "/orders?sslmode=" + asked);

        assertThat(driver.settings)
                .extracting(info -> info.getProperty("sslmode"))
                .containsExactly(used);
        assertThat(events.notices).isEmpty();
    }

    @Test
    void whereNoTokenIsSentItIsTheApplicationsAlone() throws SQLException {
        connect("iam=never", "jdbc:postgresql://" + ONE + "/orders?sslmode=disable");

        assertThat(driver.settings)
                .extracting(info -> info.getProperty("sslmode"))
                .containsExactly("disable");
        assertThat(events.notices).isEmpty();
    }

    @Test
    void aRegionWithoutRootsIsSaidOnce() throws SQLException {
        String elsewhere = "jdbc:postgresql://orders-1.abcdefghijkl.xx-north-9.rds.amazonaws.com/orders";
        connect("iam=auto", elsewhere);
        connect("iam=auto", elsewhere);

        assertThat(notices()).singleElement().asString().contains("xx-north-9", "`tls.ca`");
    }
}
