package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A login that a driver makes by itself, long after its connect, is refused its token. The server's clock says so: for one
 * login it is ahead.
 */
class RefusedLaterIT {

    private static final Duration MORE_THAN_A_TOKENS_LIFE = Duration.ofMinutes(20);

    /** For the second login since the log was cleared, and for no other. */
    private static final class AheadOnce extends Clock {

        private volatile LocalRds judging;

        @Override
        public Instant instant() {
            boolean second = judging != null && judging.log().logins().size() == 1;
            return second ? now().plus(MORE_THAN_A_TOKENS_LIFE) : now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static LocalRds mysql;
    private static LocalRds mariadb;

    @BeforeAll
    static void start() {
        mysql = start(Engine.MYSQL);
        mariadb = start(Engine.MARIADB);
    }

    private static LocalRds start(Engine engine) {
        AheadOnce clock = new AheadOnce();
        LocalRds rds = LocalRds.builder().engine(engine).nodes(1).clock(clock).start();
        clock.judging = rds;
        return rds;
    }

    @AfterAll
    static void stop() {
        mysql.close();
        mariadb.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java-5.1.49", "j-26.10.0"})
    void theNextTryOfAReconnectByConnectorJHasAnotherToken(String version) throws Exception {
        comesBackWithAnotherToken(
                mysql, "mysql-connector-" + version, "jdbc:mysql:", "autoReconnect=true&initialTimeout=1");
    }

    /** It goes through its list of hosts, of which there is one. */
    @ParameterizedTest
    @ValueSource(strings = {"2.7.12", "4.0.0"})
    void theNextTryOfAReconnectByMariaDbsDriverHasAnotherToken(String version) throws Exception {
        comesBackWithAnotherToken(
                mariadb, "mariadb-java-client-" + version, "jdbc:mariadb:sequential:", "retriesAllDown=5");
    }

    private static void comesBackWithAnotherToken(LocalRds rds, String driver, String scheme, String settings)
            throws Exception {
        rds.log().clear();
        String url = scheme + "//" + rds.node(1).host() + ":" + rds.port() + "/orders?user=app&" + settings;
        try (ForkedJvm jvm = ForkedJvm.of("com.example.MysqlConnects", url, "wait", "killed", "killed")
                .library(driver)
                .on(rds)
                .start()) {
            jvm.await("waiting");
            // A token says the second of its signing, by which two are told apart.
            Awaitility.await().until(() -> now().isAfter(signedAt(rds, 0).plusSeconds(2)));

            jvm.say("go on");
            jvm.end();

            assertThat(rds.log().logins())
                    .as(jvm.all())
                    .hasSizeGreaterThanOrEqualTo(3)
                    .extracting(Login::verdict)
                    .startsWith(Verdict.ACCEPTED, Verdict.EXPIRED, Verdict.ACCEPTED);
            assertThat(signedAt(rds, 1)).as("the one that was in the cache").isEqualTo(signedAt(rds, 0));
            assertThat(signedAt(rds, 2)).as("another").isAfter(signedAt(rds, 0));
            assertThat(jvm.out("killed, now app")).as(jvm.all()).isNotEmpty();
        }
    }

    private static Instant signedAt(LocalRds rds, int login) {
        Login judged = rds.log().logins().get(login);
        return judged.at().minus(judged.tokenAge()).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}
