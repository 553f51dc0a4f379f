package io.rdsagent.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command line and an application that is already running. */
class RunningJvmIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(1).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @Test
    void attachedItBringsTokensAndDetachedItLeavesNothingAndItCanComeAgain() throws Exception {
        try (ForkedJvm jvm = application().start()) {
            jvm.await("failed");
            String pid = String.valueOf(jvm.pid());

            assertThat(new Cli().run("status", pid))
                    .satisfies(ended -> assertThat(ended.status()).isEqualTo(1))
                    .satisfies(ended -> assertThat(ended.err()).contains("There is no agent in the JVM " + pid));
            assertThat(new Cli().run("detach", pid).out())
                    .contains("There is no agent")
                    .contains("Nothing has changed");

            Cli.Ended attached = new Cli().run("attach", pid);
            assertThat(attached.status()).as(attached.all()).isZero();
            assertThat(attached.out()).contains("The agent is in the JVM " + pid + " now");
            again(jvm, "connected", 1);

            Cli.Ended status = new Cli().run("status", pid);
            assertThat(status.out())
                    .contains("attached to the running JVM")
                    .contains("endpoint " + rds.clusterHost() + ":" + rds.port() + ", serves");

            Cli.Ended twice = new Cli().run("attach", pid);
            assertThat(twice.status()).isZero();
            assertThat(twice.out())
                    .contains("is in the JVM " + pid + " already")
                    .contains("Nothing has changed");
            assertThat(jvm.err()).noneMatch(line -> line.contains("already attached"));
            again(jvm, "connected", 2);

            Cli.Ended detached = new Cli().run("detach", pid);
            assertThat(detached.status()).as(detached.all()).isZero();
            assertThat(detached.out()).contains("has left this JVM");
            again(jvm, "failed", 2);
            assertThat(threads(jvm)).noneMatch(thread -> thread.contains("rds-agent-"));
            assertThat(new Cli().run("status", pid).err()).contains("There is no agent");

            assertThat(new Cli().run("attach", pid).out()).contains("now");
            again(jvm, "connected", 3);
            jvm.say("end");
            assertThat(jvm.end().all()).doesNotContain("fault of the agent").doesNotContain("X-Amz-");
        }
    }

    @Test
    void beforeADriverIsLoadedItWaitsAndCanGoAgain() throws Exception {
        try (ForkedJvm jvm =
                ForkedJvm.of("com.example.Waits").on(rds).withoutAgent().start()) {
            jvm.await("waiting");
            String pid = String.valueOf(jvm.pid());

            assertThat(new Cli().run("attach", pid).out()).contains("The agent waits: no JDBC driver");
            assertThat(new Cli().run("detach", pid).status()).isZero();
            assertThat(new Cli().run("status", pid).err()).contains("There is no agent");
        }
    }

    @Test
    void theListShowsDriverPoolAndWhetherTheAgentIsIn() throws Exception {
        try (ForkedJvm without = application().hikaricp("4.0.3").start();
                ForkedJvm with = ForkedJvm.of("com.example.Waits").on(rds).start()) {
            without.await("failed");
            with.await("waiting");

            Cli.Ended list = new Cli().run("list");

            assertThat(list.status()).isZero();
            assertThat(row(list, without))
                    .contains("postgresql-" + ForkedJvm.NEWEST_PGJDBC)
                    .contains("HikariCP-4.0.3")
                    .contains("com.example.ConnectsOnDemand")
                    .containsPattern("^\\d+ +- ");
            assertThat(row(list, with)).containsPattern("^\\d+ +yes ").contains("com.example.Waits");
        }
    }

    @Test
    void theSettingsOfAnAttachmentAreInEffectAndShownWithTheirOrigin() throws Exception {
        try (ForkedJvm jvm = application().start()) {
            jvm.await("failed");
            String pid = String.valueOf(jvm.pid());

            new Cli().run("attach", "--set", "lifetime=5m", "--set", "log.level=debug", pid);

            Cli.Ended config = new Cli().run("config", pid);
            assertThat(config.out())
                    .contains("lifetime=5m (agent argument)")
                    .contains("tls.ca=" + rds.caFile() + " (system property rdsagent.tls.ca)")
                    .contains("iam=auto (default)");
            assertThat(new Cli().run("config", "--json", pid).out())
                    .contains("{\"key\":\"lifetime\",\"value\":\"5m\",\"source\":\"agent argument\"}");
        }
    }

    @Test
    void aPoolIsShownWithDriverIdentityAndHowItIsHeldAndDrainedOnOrder() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.of(
                        "com.example.PoolLoad",
                        "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app",
                        "3",
                        "2",
                        "0",
                        "reading")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .hikaricp(ForkedJvm.NEWEST_HIKARICP)
                .set("log.format", "json")
                .set("log.level", "debug")
                .on(rds)
                .start()) {
            Awaitility.await("a pool that is held")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jvm.err().stream().anyMatch(line -> line.contains("\"event\":\"pooled\"")));
            String pid = String.valueOf(jvm.pid());

            assertThat(jvm.err())
                    .filteredOn(line -> line.contains("\"event\":\"pooled\""))
                    .singleElement()
                    .asString()
                    .startsWith("{\"time\":")
                    .contains("\"how\":\"predicate\"", "\"number\":1", "\"user\":\"app\"")
                    .contains("\"pool\":\"HikariCP's own lifetime check\"", "\"driver\":\"org.postgresql.Driver 4")
                    .contains("\"identity\":\"the default credentials (access key AKIA...");
            Cli.Ended watched = new Cli().run("watch", "--times", "2", "--every", "1", pid);
            assertThat(watched.out().lines().filter(line -> line.startsWith("rds-jdbc-agent 1.")))
                    .hasSize(2);
            assertThat(watched.out())
                    .containsPattern("3 connections retired by HikariCP's own lifetime check: the oldest");
            assertThat(new Cli().run("status", "--json", pid).out())
                    .startsWith("{\"version\":1,\"agent\":\"1.")
                    .contains("HikariCP", "own lifetime check\"", "\"health\":\"serving\"");

            Cli.Ended unknown = new Cli().run("drain", pid, "nowhere");
            assertThat(unknown.status()).isEqualTo(1);
            assertThat(unknown.err()).contains("There is no endpoint `nowhere`", rds.clusterHost());
            Cli.Ended drained = new Cli().run("drain", pid, rds.clusterHost());
            assertThat(drained.out()).contains("is being drained: 3 connections leave");
            Awaitility.await("they have left")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jvm.err().stream()
                                    .filter(line -> line.contains("\"event\":\"retired\""))
                                    .count()
                            >= 3);
            assertThat(new Cli().run("drain", "--undo", pid, rds.clusterHost()).out())
                    .contains("is used again");
            assertThat(jvm.out("error")).isEmpty();
        }
    }

    @Test
    void aProcessThatIsNoJvmIsLeftAlone() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            Cli.Ended ended = new Cli().run("attach", String.valueOf(sleep.pid()));

            assertThat(ended.status()).isEqualTo(3);
            assertThat(ended.err()).contains("is no JVM");
            assertThat(sleep.isAlive()).isTrue();
        } finally {
            sleep.destroy();
        }
    }

    private static ForkedJvm.Builder application() {
        return ForkedJvm.of(
                        "com.example.ConnectsOnDemand",
                        "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .withoutAgent();
    }

    private static void again(ForkedJvm jvm, String answer, int count) throws Exception {
        jvm.say("again");
        Awaitility.await(answer + " for time " + count)
                .atMost(Duration.ofSeconds(30))
                .until(() -> jvm.out(answer).size() >= count || !jvm.isAlive());
        assertThat(jvm.out(answer)).as(jvm.all()).hasSize(count);
    }

    private static String row(Cli.Ended list, ForkedJvm of) {
        return list.out()
                .lines()
                .filter(line -> line.startsWith(of.pid() + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(list.all()));
    }

    private static List<String> threads(ForkedJvm jvm) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(jvm.pid()),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        List<String> lines = jcmd.inputReader().lines().toList();
        jcmd.waitFor();
        assertThat(lines).anyMatch(line -> line.contains("\"main\""));
        return lines;
    }
}
