package io.rdsagent.it.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.pools.Pool;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Writers that stop again and again for longer than a probe's timeout, and live for a moment in between: their processes are
 * stopped and continued. A PostgreSQL and a MySQL at the same time, each under load.
 */
class SlowServerIT {

    private static final int TIMES = 6;
    /** Asked so often that a probe waits in each stop; how long it may, and how many fail until the verdict, are the defaults. */
    private static final String ASKED = "health.interval=500ms";
    /** The first probe fails after two seconds, and after four the third, which is the verdict. */
    private static final Duration STOPPED = Duration.ofSeconds(3);

    private static final Duration ALIVE = Duration.ofMillis(600);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String SILENT = "gives no sign of life";
    private static final String CUT = "Its connections are cut";

    private static final Pool HIKARI = new Pool(
            "hikari", ForkedJvm.NEWEST_HIKARICP, true, List.of("com.zaxxer:HikariCP:" + ForkedJvm.NEWEST_HIKARICP));

    @Test
    void aServerThatIsSlowButLivesIsNeverCutAndOneThatStopsForGoodIs() throws Exception {
        try (Loaded postgres = Loaded.start(Engine.POSTGRES);
                Loaded mysql = Loaded.start(Engine.MYSQL)) {
            List<Loaded> both = List.of(postgres, mysql);
            for (int i = 0; i < TIMES; i++) {
                stopFor(STOPPED, both);
                comeBack(both);
            }
            for (Loaded each : both) {
                each.said(SILENT);
                assertThat(each.run.jvm().err())
                        .as(each.run.jvm().all())
                        .noneSatisfy(line -> assertThat(line).contains(CUT));
                assertThat(each.run.failures()).as(each.run.jvm().all()).isEmpty();
                assertThat(each.run.openOfFirst()).as(each.run.jvm().all()).isEqualTo(FailoverRun.SIZE);
            }

            both.forEach(each -> each.rds.writer().freeze());

            for (Loaded each : both) {
                each.said(CUT);
                Awaitility.await("a thread that waited is told")
                        .atMost(LIMIT)
                        .until(() -> each.run.failures().stream()
                                .anyMatch(failure -> failure.phase().equals("use")));
            }
        }
    }

    private static void stopFor(Duration time, List<Loaded> servers) {
        servers.forEach(each -> each.rds.writer().freeze());
        pass(time, () -> true);
        servers.forEach(each -> each.rds.writer().thaw());
    }

    private static void comeBack(List<Loaded> servers) throws IOException {
        List<Long> before = new ArrayList<>();
        for (Loaded each : servers) {
            before.add(each.run.written());
        }
        pass(ALIVE, () -> {
            for (int i = 0; i < servers.size(); i++) {
                if (servers.get(i).run.written() <= before.get(i) + FailoverRun.SIZE) {
                    return false;
                }
            }
            return true;
        });
    }

    private static void pass(Duration atLeast, Callable<Boolean> condition) {
        Awaitility.await().pollDelay(atLeast).atMost(atLeast.plus(LIMIT)).until(condition);
    }

    /** A cluster, and an application that writes to it all the time. */
    private record Loaded(LocalRds rds, FailoverRun run) implements AutoCloseable {

        static Loaded start(Engine engine) throws IOException {
            LocalRds rds = LocalRds.builder().engine(engine).nodes(2).start();
            try {
                FailoverRun run = FailoverRun.start(rds, HIKARI, Side.AGENT, ASKED);
                run.say("watch");
                run.say("load");
                run.awaitWritesTo(rds.writer());
                return new Loaded(rds, run);
            } catch (IOException | RuntimeException | Error failure) {
                rds.close();
                throw failure;
            }
        }

        void said(String words) {
            Awaitility.await(words)
                    .atMost(LIMIT)
                    .until(() -> run.jvm().err().stream().anyMatch(line -> line.contains(words)));
        }

        @Override
        public void close() {
            run.close();
            rds.close();
        }
    }
}
