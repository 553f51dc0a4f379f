package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final String CANARY = "canary-in-the-url";

    enum Family {
        PGJDBC(Engine.POSTGRES, "jdbc:postgresql", "ApplicationName=", "postgresql-" + ForkedJvm.NEWEST_PGJDBC),
        CONNECTOR_J(Engine.MYSQL, "jdbc:mysql", "connectionAttributes=x:", "mysql-connector-j-26.10.0"),
        MARIADB(Engine.MARIADB, "jdbc:mariadb", "connectionAttributes=x:", "mariadb-java-client-4.0.0");

        private final Engine engine;
        private final String scheme;
        private final String parameter;
        private final String library;

        Family(Engine engine, String scheme, String parameter, String library) {
            this.engine = engine;
            this.scheme = scheme;
            this.parameter = parameter;
            this.library = library;
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

    @ParameterizedTest
    @EnumSource
    void noTokenIsLeftInTheHeapOnceItsLoginIsOver(Family family) throws Exception {
        try (LocalRds rds = start(family);
                ForkedJvm jvm = hold(family, rds, "app").start()) {
            jvm.await("held");

            String heap = heap(jvm);

            assertThat(heap).contains(CANARY);
            assertThat(matches(SIGNATURE, heap)).isEmpty();
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
        String url = family.scheme + "://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=" + user
                + "&password=" + PASSWORD + "&" + family.parameter + CANARY;
        return ForkedJvm.of("com.example.Holds", url, "3")
                .library(family.library)
                .on(rds)
                .set("iam", "always");
    }

    /** Of what is reachable, once what is not has been collected. */
    private String heap(ForkedJvm jvm) throws IOException, InterruptedException {
        Path dump = directory.resolve("heap.hprof");
        Files.deleteIfExists(dump);
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(jvm.pid()),
                        "GC.heap_dump",
                        dump.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("jcmd").toFile())
                .start();
        assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(dump, StandardCharsets.ISO_8859_1);
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> matches = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            matches.add(text.substring(Math.max(0, matcher.start() - 40), matcher.end()));
        }
        return matches;
    }
}
