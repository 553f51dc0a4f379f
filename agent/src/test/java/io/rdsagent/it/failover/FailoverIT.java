package io.rdsagent.it.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.pools.Pool;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pool at its defaults, and a writer that is replaced. */
class FailoverIT {

    private static final Pool HIKARI = new Pool(
            "hikari", ForkedJvm.NEWEST_HIKARICP, true, List.of("com.zaxxer:HikariCP:" + ForkedJvm.NEWEST_HIKARICP));
    private static final Pool DBCP =
            new Pool("dbcp2", "2.14.0", true, List.of("org.apache.commons:commons-dbcp2:2.14.0"));

    @ParameterizedTest
    @CsvSource({"POSTGRES, PLANNED", "POSTGRES, KILL", "MYSQL, KILL", "MYSQL, PLANNED"})
    void anIdlePoolGetsRidOfTheOldWriterByItselfAndNobodySeesAnError(Engine engine, Strike strike) throws Exception {
        try (LocalRds rds = LocalRds.builder().engine(engine).nodes(2).start();
                FailoverRun run = FailoverRun.start(rds, HIKARI, Side.AGENT)) {
            run.say("watch");

            run.strike(strike);

            assertThat(run.isClean()).as(run.jvm().all()).isTrue();
            run.answer("write", "wrote-all");
            assertThat(run.failures()).as(run.jvm().all()).isEmpty();
            run.awaitWritesTo(rds.writer());
            assertThat(run.sum()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @CsvSource({"POSTGRES, PLANNED", "POSTGRES, KILL", "MYSQL, KILL", "POSTGRES, FREEZE"})
    void underLoadEachConnectionFailsOnceAtMostAndNoneThatIsBorrowedLater(Engine engine, Strike strike)
            throws Exception {
        try (LocalRds rds = LocalRds.builder().engine(engine).nodes(2).start();
                FailoverRun run = FailoverRun.start(rds, HIKARI, Side.AGENT)) {
            run.say("load");
            run.awaitWritesTo(rds.writer());

            run.strike(strike);

            run.awaitWritesTo(rds.writer());
            run.answer("rest", "rested");
            assertThat(run.staleBorrowsOnceDetected()).as(run.jvm().all()).isZero();
            assertThat(run.failures()).as(run.jvm().all()).hasSizeLessThanOrEqualTo(FailoverRun.SIZE);
            assertThat(run.sum()).isEqualTo(1000);
        }
    }

    /** HikariCP waits by itself. */
    @Test
    void betweenTheWritersAConnectOfAPoolThatHandsItsFailureOnWaitsForTheNext() throws Exception {
        try (LocalRds rds = LocalRds.builder().nodes(2).start();
                FailoverRun run = FailoverRun.start(rds, DBCP, Side.AGENT)) {
            run.say("load");
            run.awaitWritesTo(rds.writer());

            run.strike(Strike.KILL);

            run.awaitWritesTo(rds.writer());
            run.answer("rest", "rested");
            assertThat(run.failures())
                    .as(run.jvm().all())
                    .allMatch(failure -> failure.phase().equals("use"))
                    .hasSizeLessThanOrEqualTo(FailoverRun.SIZE);
            assertThat(run.jvm().err()).anyMatch(line -> line.contains("so the application waits for one, up to"));
            assertThat(run.sum()).isEqualTo(1000);
        }
    }
}
