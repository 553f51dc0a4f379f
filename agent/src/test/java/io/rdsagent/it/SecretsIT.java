package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.observe.Jmx;
import io.rdsagent.it.observe.StatusPort;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What makes a token or could make one is nowhere that anybody reads. */
class SecretsIT {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxSECRETKEY";
    private static final String SESSION = "SessionTokenOfTheTest";
    private static final String PASSWORD = "changeit-in-the-url";

    /** The part of a token that is worth something; the parameter's name alone is a constant of whoever writes tokens. */
    private static final Pattern SIGNATURE = Pattern.compile("X-Amz-Signature=[0-9a-f]{16}");

    private static final Pattern CANARY = Pattern.compile("canary-in-the-url");
    private static final Pattern KEY_ID = Pattern.compile("access key ASIA");
    private static final String TOKEN = "io.rdsagent.token.Token";

    enum Family {
        PGJDBC(
                Engine.POSTGRES,
                "jdbc:postgresql",
                "ApplicationName=",
                "postgresql-" + ForkedJvm.NEWEST_PGJDBC,
                "org.postgresql.util.internal.PgBufferedOutputStream"),
        CONNECTOR_J(Engine.MYSQL, "jdbc:mysql", "connectionAttributes=x:", "mysql-connector-j-26.10.0", "nothing"),
        MARIADB(
                Engine.MARIADB,
                "jdbc:mariadb",
                "connectionAttributes=x:",
                "mariadb-java-client-4.0.0",
                "org.mariadb.jdbc.plugin.authentication.addon.ClearPasswordPlugin");

        private final Engine engine;
        private final String scheme;
        private final String parameter;
        private final String library;
        /** The class of the driver's that has the token for as long as its connection is open. */
        private final String keeps;

        Family(Engine engine, String scheme, String parameter, String library, String keeps) {
            this.engine = engine;
            this.scheme = scheme;
            this.parameter = parameter;
            this.library = library;
            this.keeps = keeps;
        }
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void nothingThatIsSaidAtTheMostTalkativeLevelHoldsThem(Family family) throws Exception {
        Path file = directory.resolve("agent.log");
        try (LocalRds rds = start(family)) {
            for (String user : List.of("app", "nobody")) {
                assertThat(said(hold(family, rds, user)
                                .set("log.level", "trace")
                                .set("log.file", file.toString())))
                        .doesNotContain("X-Amz-", SECRET, SESSION, PASSWORD);
            }
        }
        assertThat(Files.readString(file))
                .contains("active. Logged in as app", "no login as nobody")
                .doesNotContain("X-Amz-", SECRET, SESSION, PASSWORD);
    }

    @Test
    void nothingThatIsShownHoldsThem() throws Exception {
        try (LocalRds rds = start(Family.PGJDBC)) {
            // One that got in and holds its connections; one that was refused.
            try (ForkedJvm jvm =
                    hold(Family.PGJDBC, rds, "app").set("status.port", "0").start()) {
                jvm.await("held");
                assertThat(shown(jvm))
                        .contains("rdsagent.connects", "rdsagent_connects")
                        .doesNotContain(secrets());
            }
            String refused = url(Family.PGJDBC, rds, "nobody");
            try (ForkedJvm jvm = ForkedJvm.of("com.example.ConnectsOnDemand", refused)
                    .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                    .on(rds)
                    .set("iam", "always")
                    .set("status.port", "0")
                    .start()) {
                jvm.await("failed");
                assertThat(shown(jvm)).contains("no login as nobody").doesNotContain(secrets());
            }
        }
    }

    private static String[] secrets() {
        return new String[] {"X-Amz-", SECRET, SESSION, PASSWORD, "ASIAIOSFODNN7SECRETS"};
    }

    private static String shown(ForkedJvm jvm) throws Exception {
        StatusPort status = StatusPort.of(jvm);
        StringBuilder shown = new StringBuilder();
        for (String path : List.of("/", "/page.js", "/status", "/health", "/metrics", "/nothing")) {
            shown.append(status.get(path).headers()).append(status.get(path).body());
        }
        try (Jmx jmx = Jmx.of(jvm.pid())) {
            Awaitility.await("the agent's MBeans")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jmx.names("io.rdsagent:*").size() > 1);
            return shown.append(jmx.everything("io.rdsagent:*")).toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAgentKeepsNoTokenInTheHeapAndTheDriverOneAtMostInAKnownPlace(Family family) throws Exception {
        try (LocalRds rds = start(family);
                ForkedJvm jvm = hold(family, rds, "app").start()) {
            jvm.await("held");

            HeapDump heap = HeapDump.of(jvm.pid(), directory.resolve("heap.hprof"));

            assertThat(heap.holders(CANARY)).as("what the search finds").isNotEmpty();
            assertThat(heap.holders(KEY_ID))
                    .as("what the agent holds")
                    .anySatisfy(holders -> assertThat(holders).anyMatch(name -> name.equals(TOKEN)));
            assertThat(heap.holders(SIGNATURE))
                    .allSatisfy(holders -> assertThat(holders)
                            .noneMatch(name -> name.startsWith("io.rdsagent."))
                            .contains(family.keeps));
        }
    }

    @Test
    void aPoolThatRotatesLeavesNoTokenWithTheAgent() throws Exception {
        try (LocalRds rds = start(Family.PGJDBC);
                ForkedJvm jvm = ForkedJvm.of(
                                "com.example.PoolLoad", url(Family.PGJDBC, rds, "app"), "4", "2", "0", "reading")
                        .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                        .hikaricp(ForkedJvm.NEWEST_HIKARICP)
                        .on(rds)
                        .set("iam", "always")
                        .set("lifetime", "3s")
                        .set("lifetime.margin", "1s")
                        .start()) {
            jvm.await("ready");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> rds.log().logins().size() > 12);

            HeapDump heap = HeapDump.of(jvm.pid(), directory.resolve("heap.hprof"));

            assertThat(heap.holders(KEY_ID)).isNotEmpty();
            assertThat(heap.holders(SIGNATURE))
                    .allSatisfy(holders -> assertThat(holders).noneMatch(name -> name.startsWith("io.rdsagent.")));
        }
    }

    /** Until its connections are closed, or one was refused. */
    private static String said(ForkedJvm.Builder program) throws Exception {
        try (ForkedJvm jvm = program.start()) {
            jvm.say("stop");
            return jvm.end().all();
        }
    }

    private static LocalRds start(Family family) throws Exception {
        return LocalRds.builder()
                .engine(family.engine)
                .nodes(1)
                .credentials("ASIAIOSFODNN7SECRETS", SECRET, SESSION)
                .start();
    }

    private static ForkedJvm.Builder hold(Family family, LocalRds rds, String user) {
        return ForkedJvm.of("com.example.Holds", url(family, rds, user), "3")
                .library(family.library)
                .on(rds)
                .set("iam", "always");
    }

    private static String url(Family family, LocalRds rds, String user) {
        return family.scheme + "://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=" + user + "&password="
                + PASSWORD + "&" + family.parameter + CANARY.pattern();
    }
}
