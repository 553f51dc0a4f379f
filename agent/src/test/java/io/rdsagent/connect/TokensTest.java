package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.config.HostPort;
import io.rdsagent.given.Configured;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import io.rdsagent.token.TokenSource;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokensTest {

    private static final HostPort RDS = HostPort.of("orders-1.abcdefghijkl.eu-west-1.rds.amazonaws.com", 5432);
    private static final HostPort ALIAS = HostPort.of("orders.example.com", 5432);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, String> environment = new HashMap<>();
    private final TokenSource source = new TokenSource(
            request ->
                    new Token(request, "secret", "the test", Clock.systemUTC().instant(), null, null),
            Clock.systemUTC(),
            Runnable::run);
    private final Tokens tokens = new Tokens(source, environment::get);

    @Test
    void theConfiguredRegionStandsAboveAll() {
        environment.put("AWS_REGION", "us-east-1");

        assertThat(tokens.region(Configured.database("region=eu-north-1"), RDS)).isEqualTo("eu-north-1");
    }

    @Test
    void theHostNameStandsAboveTheEnvironment() {
        environment.put("AWS_REGION", "us-east-1");

        assertThat(tokens.region(Configured.database("iam=auto"), RDS)).isEqualTo("eu-west-1");
    }

    @Test
    void ofAnotherNameTheEnvironmentSaysTheRegion() {
        environment.put("AWS_DEFAULT_REGION", "us-east-2");
        assertThat(tokens.region(Configured.database("iam=auto"), ALIAS)).isEqualTo("us-east-2");

        environment.put("AWS_REGION", "us-east-1");
        assertThat(tokens.region(Configured.database("iam=auto"), ALIAS)).isEqualTo("us-east-1");
    }

    @Test
    void anEmptyVariableSaysNothing() {
        environment.put("AWS_REGION", "");
        environment.put("AWS_DEFAULT_REGION", "us-east-2");
        assertThat(tokens.region(Configured.database("iam=auto"), ALIAS)).isEqualTo("us-east-2");

        environment.put("AWS_DEFAULT_REGION", " ");
        assertThat(tokens.region(Configured.database("iam=auto"), ALIAS)).isNull();
    }

    @Test
    void withoutARegionItIsSaidWhichSettingIsMissing() {
        assertThatThrownBy(() -> tokens.token(Configured.database("iam=auto"), ALIAS, "app", LIMIT))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("orders.example.com")
                .hasMessageContaining("Set `region`");
    }

    @Test
    void aTokenIsForExactlyThisHostPortAndUserByTheConfiguredIdentity() throws TokenException {
        Token token = tokens.token(
                Configured.database("profile=shop;role-arn=arn:aws:iam::123456789012:role/shop"), RDS, "app", LIMIT);

        assertThat(token.request().host()).isEqualTo(RDS.host());
        assertThat(token.request().port()).isEqualTo(5432);
        assertThat(token.request().user()).isEqualTo("app");
        assertThat(token.request().region()).isEqualTo("eu-west-1");
        assertThat(token.request().identity().toString()).contains("shop");
    }

    @Test
    void theTokenOfALoginThatWasRefusedIsGivenToNobodyElse() throws TokenException {
        Token refused = token();

        tokens.rejectSent();

        assertThat(token()).isNotSameAs(refused);
    }

    @Test
    void whatIsRefusedAfterTheLoginIsNotItsToken() throws TokenException {
        Token accepted = token();
        tokens.forgetSent();

        tokens.rejectSent();

        assertThat(token()).isSameAs(accepted);
    }

    @Test
    void whatAnotherThreadIsRefusedIsNotThisOnesToken() throws Exception {
        Token accepted = token();

        CompletableFuture.runAsync(tokens::rejectSent).get(30, TimeUnit.SECONDS);

        assertThat(token()).isSameAs(accepted);
    }

    private Token token() throws TokenException {
        return tokens.token(Configured.database("iam=auto"), RDS, "app", LIMIT);
    }
}
