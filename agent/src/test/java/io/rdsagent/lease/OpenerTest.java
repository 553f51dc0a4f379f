package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenerTest {

    @Test
    void itIsTheInnermostThatIsNeitherTheJdkNorTheDriverNorTheAgent() {
        Opener opener = opener(
                "java.lang.Throwable.x",
                "io.rdsagent.connect.Outcomes.succeeded",
                "org.postgresql.Driver.connect",
                "org.postgresql.ds.PGSimpleDataSource.getConnection",
                "java.sql.DriverManager.getConnection",
                "com.acme.OrderDao.open",
                "com.acme.Main.main");

        assertThat(opener).hasToString("com.acme.OrderDao.open");
        assertThat(opener.classes()).containsExactly("com.acme.OrderDao", "com.acme.Main");
        assertThat(opener.lenders()).isEmpty();
    }

    @Test
    void lendersAreThoseWhoseGetConnectionItWentThroughEachOnce() {
        Opener opener = opener(
                "org.postgresql.Driver.connect",
                "com.acme.Pool.create",
                "com.acme.Pool.getConnection",
                "com.acme.Pool.getConnection",
                "com.acme.Wrapper.getConnection",
                "com.acme.Main.main");

        assertThat(opener.lenders()).containsExactly("com.acme.Pool", "com.acme.Wrapper");
    }

    @Test
    void whereNobodyIsOnTheStackNobodyIsNamed() {
        Opener opener = opener("org.postgresql.Driver.connect", "java.lang.Thread.run");

        assertThat(opener.classes()).isEmpty();
        assertThat(opener).hasToString("nobody that can be told");
    }

    private static Opener opener(String... frames) {
        return Opener.of(
                Stream.of(frames)
                        .map(frame -> new StackTraceElement(
                                frame.substring(0, frame.lastIndexOf('.')),
                                frame.substring(frame.lastIndexOf('.') + 1),
                                null,
                                -1))
                        .toArray(StackTraceElement[]::new),
                "org.postgresql.jdbc.PgConnection");
    }
}
