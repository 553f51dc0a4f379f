package io.rdsagent.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private final TokenRequest request = new TokenRequest("DB.Example", 5432, "App", "eu-west-1", Identity.DEFAULT);

    @Test
    void aTokenLivesForFifteenMinutes() {
        assertThat(token(null).expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
        assertThat(token(NOON.plus(Duration.ofHours(1))).expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
    }

    @Test
    void aTokenDiesWithTheCredentialsThatSignedIt() {
        assertThat(token(NOON.plusSeconds(5)).expiresAt()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void aTokenPrintsForWhomItIsButNotItself() {
        assertThat(token(null))
                .hasToString("token for App@db.example:5432 in eu-west-1 by the default credentials,"
                        + " signed at 2030-01-01T12:00:00Z, valid until 2030-01-01T12:15:00Z");
    }

    @Test
    void requestsAreEqualWhenTheSameTokenServesBoth() {
        assertThat(new TokenRequest("db.example", 5432, "App", "eu-west-1", new Identity("", null, null)))
                .isEqualTo(request)
                .hasSameHashCodeAs(request);
        assertThat(request)
                .isNotEqualTo(new TokenRequest("db.example", 5432, "app", "eu-west-1", Identity.DEFAULT))
                .isNotEqualTo(new TokenRequest("db.example", 5433, "App", "eu-west-1", Identity.DEFAULT))
                .isNotEqualTo(new TokenRequest("db2.example", 5432, "App", "eu-west-1", Identity.DEFAULT))
                .isNotEqualTo(new TokenRequest("db.example", 5432, "App", "eu-west-2", Identity.DEFAULT))
                .isNotEqualTo(new TokenRequest("db.example", 5432, "App", "eu-west-1", new Identity("p", null, null)))
                .isNotEqualTo(new TokenRequest("db.example", 5432, "App", "eu-west-1", new Identity(null, "r", null)));
    }

    @Test
    void anExternalIdMakesAnotherIdentityOnlyWhereARoleIsAssumed() {
        assertThat(new Identity(null, "r", "e")).isNotEqualTo(new Identity(null, "r", null));
        assertThat(new Identity("p", null, "e")).isEqualTo(new Identity("p", null, null));
        assertThat(new Identity(null, "r", "e-secret").toString()).doesNotContain("e-secret");
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new TokenRequest("db", 0, "app", "eu-west-1", Identity.DEFAULT))
                .hasMessage("port 0 is not between 1 and 65535");
    }

    private Token token(Instant credentialsExpireAt) {
        return new Token(request, "secret-text", "the test", NOON, credentialsExpireAt, null);
    }
}
