package io.rdsagent.it.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.credentials.AwsStub;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.manual.Kind;
import io.rdsagent.manual.Snippet;
import io.rdsagent.manual.Snippets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the README and the manual show: the SQL, the agent's own commands, the program of the first page. */
class ManualSnippetsIT {

    private static final String CLUSTER = "orders.cluster-abc123xyz.eu-west-1.rds.amazonaws.com";

    private static LocalRds rds;

    @TempDir
    Path folder;

    private AwsStub aws;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder().nodes(2).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void open() throws IOException {
        aws = new AwsStub(new AwsStub.Keys("ASIAUNUSEDUNUSED0001", "unused", "unused"));
    }

    @AfterEach
    void close() throws IOException {
        aws.close();
    }

    @Test
    void itsSqlIsTakenByTheServerThatItIsFor() throws Exception {
        try (LocalRds mysql = LocalRds.builder().engine(Engine.MYSQL).nodes(1).start()) {
            for (Snippet sql : Snippets.of(Kind.SQL)) {
                LocalRds server = sql.text().contains("'@'") ? mysql : rds;
                for (String statement : sql.text().split(";\n?")) {
                    server.admin(server.writer(), asItCanBeHere(statement));
                }
                server.admin(server.writer(), "DROP USER IF EXISTS app_iam");
            }
        }
    }

    /** This user is there already; and the plug-in is RDS's own, of which the local server has only the protocol. */
    private static String asItCanBeHere(String statement) {
        return statement
                .replaceFirst("^CREATE USER app$", "SELECT 1")
                .replace("IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' ", "");
    }

    @Test
    void whoComesFromPasswordsLogsInAsTheSecondUserAndWorksAsTheFirst() throws Exception {
        for (String statement : migration(Kind.SQL, "IN ROLE app").text().split(";\n?")) {
            rds.admin(rds.writer(), statement);
        }
        Path settings = Files.writeString(
                folder.resolve("agent.properties"),
                migration(Kind.SETTINGS, "user=app_iam").text());
        compileAsk();

        ForkedJvm ask = ForkedJvm.of("Ask", url() + "?user=app&password=the-old-one")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .jar(folder)
                .on(rds)
                .option("-Drdsagent.config=" + settings)
                .run();

        assertThat(ask.out()).as(ask.all()).containsExactly("logged in as app");
        assertThat(ask.err()).anyMatch(line -> line.contains("Logged in as app_iam to"));
        rds.admin(rds.writer(), "DROP USER app_iam");
    }

    private static Snippet migration(Kind kind, String with) throws IOException {
        return Snippets.of(kind).stream()
                .filter(snippet ->
                        snippet.page().equals("migrating.md") && snippet.text().contains(with))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstPagesProgramLogsInWithTheAgentAndNotWithoutIt() throws Exception {
        Snippet commands = Snippets.of(Kind.COMMANDS).stream()
                .filter(snippet -> snippet.text().startsWith("javac "))
                .findFirst()
                .orElseThrow();
        String refused = Snippets.of(Kind.OTHERS_WORDS).stream()
                .map(Snippet::text)
                .filter(text -> text.startsWith("org.postgresql.util.PSQLException: "))
                .findFirst()
                .orElseThrow();
        writeAsk();
        Path places = Files.createDirectory(folder.resolve("rds"));
        Files.copy(rds.hostsFile(), places.resolve("hosts"));
        Files.copy(rds.caFile(), places.resolve("ca.pem"));
        String script = commands.text()
                .replaceFirst("(?m)^rds=.*", "rds=" + places)
                .replaceFirst("(?m)^url=.*", "url='" + url() + "?user=app'")
                .replaceFirst("(?m)^driver=.*", "driver=" + library())
                .replace("agent/target/rds-jdbc-agent.jar", ForkedJvm.AGENT.toString());

        Script.Ended with = bash(script);
        Script.Ended without = bash(script.replaceFirst("-javaagent:\\S+", ""));

        assertThat(with.out()).as(with.err()).isEqualTo("logged in as app\n");
        assertThat(without.err()).contains(refused);
    }

    private static String url() {
        return "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders";
    }

    private static Path library() {
        return Path.of("target", "lib", "postgresql-" + ForkedJvm.NEWEST_PGJDBC + ".jar")
                .toAbsolutePath();
    }

    private void compileAsk() throws Exception {
        writeAsk();
        Script.Ended compiled = bash("javac Ask.java");
        assertThat(compiled.status()).as(compiled.err()).isZero();
    }

    private void writeAsk() throws IOException {
        Files.writeString(
                folder.resolve("Ask.java"), Snippets.of(Kind.JAVA).get(0).text());
    }

    @Test
    void theAgentsOwnCommandsDoWhatTheyAreShownFor() throws Exception {
        try (ForkedJvm application = ForkedJvm.of("com.example.PoolLoad", url() + "?user=app", "3", "2", "0", "reading")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .hikaricp(ForkedJvm.NEWEST_HIKARICP)
                .on(rds)
                .start()) {
            application.await("ready");
            for (String command : commandsOfTheAgent()) {
                Script.Ended ended = bash(here(command, application));

                assertThat(ended.status())
                        .as("%s%n%s%s", command, ended.out(), ended.err())
                        .isZero();
                if (!command.startsWith("jfr ")) {
                    assertThat(ended.out()).as(command).isNotEmpty();
                }
            }
        }
    }

    /** What has the agent leave comes last. */
    private static List<String> commandsOfTheAgent() throws IOException {
        List<String> commands = new ArrayList<>();
        List<String> last = new ArrayList<>();
        for (Snippet snippet : Snippets.of(Kind.COMMANDS)) {
            for (String command : snippet.text().replaceAll("\\\\\n\\s*", "").split("\n")) {
                if (command.matches("(RDSAGENT_\\S+ )?java -jar \\S*rds-jdbc-agent.jar .*|jcmd .*|jfr .*")) {
                    (command.contains(" detach ") ? last : commands).add(command);
                }
            }
        }
        commands.addAll(last);
        return commands;
    }

    private String here(String command, ForkedJvm application) throws IOException {
        Path settings = folder.resolve("rds-agent.properties");
        Files.writeString(settings, "lifetime=10m\n");
        return command.replaceAll("-jar \\S*rds-jdbc-agent.jar", options() + " -jar " + ForkedJvm.AGENT)
                .replace("/opt/rds-jdbc-agent.jar", ForkedJvm.AGENT.toString())
                .replace("/etc/rds-agent.properties", settings.toString())
                .replace(
                        "/tmp/connections.jfr",
                        folder.resolve("connections.jfr").toString())
                .replaceAll("\\bPID\\b|\\b26130\\b", String.valueOf(application.pid()))
                .replace("orders-2.abc123xyz.eu-west-1.rds.amazonaws.com", rds.clusterHost())
                .replace("COMMAND", "doctor")
                .replace(CLUSTER + ":37843", rds.clusterHost() + ":" + rds.port())
                .replace(CLUSTER, rds.clusterHost());
    }

    private static String options() {
        return "-Djdk.net.hosts.file=" + rds.hostsFile() + " -Drdsagent.tls.ca=" + rds.caFile();
    }

    @Test
    void thePolicyIsPrintedAsItIsShown() throws Exception {
        Snippet shown = Snippet.all().stream()
                .filter(snippet ->
                        snippet.page().equals("cli.md") && snippet.text().contains(" policy "))
                .findFirst()
                .orElseThrow();
        String command = shown.paragraphs().get(0).text();
        String answer = shown.paragraphs().stream().skip(1).map(Snippet::text).collect(Collectors.joining("\n\n"));

        Script.Ended ended = bash(command.replace("-jar rds-jdbc-agent.jar", options() + " -jar " + ForkedJvm.AGENT));

        assertThat(ended.out().strip()).as(ended.err()).isEqualTo(answer);
        assertThat(Snippets.of(Kind.JSON).stream().map(Snippet::text).distinct())
                .hasSize(1);
    }

    @Test
    void whatTheJvmAndTheListSayIsWhatTheySay() throws Exception {
        List<String> shown =
                Snippets.of(Kind.OTHERS_WORDS).stream().map(Snippet::text).toList();

        Script.Ended refused = bash("java -javaagent:/tmp/nope.jar -version || true");
        assertThat(shown.stream().filter(words -> words.startsWith("Error opening zip file")))
                .singleElement()
                .satisfies(words -> assertThat((refused.err() + refused.out()).lines())
                        .containsAll(words.lines().toList()));
        assertThat(shown.stream().filter(words -> words.startsWith("PID ")))
                .singleElement()
                .satisfies(table -> assertThat(
                                bash("java -jar " + ForkedJvm.AGENT + " list").out())
                        .startsWith(table.lines().findFirst().orElseThrow()));
    }

    private Script.Ended bash(String text) throws IOException, InterruptedException {
        return new Script(folder)
                .environment(rds.environment())
                .environment(Map.of("AWS_ENDPOINT_URL_STS", aws.url()))
                .run(text);
    }
}
