package io.rdsagent.demo;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The demo, act by act. */
final class Demo {

    private final Plan plan;
    private final Map<String, String> settings;
    private final Path repository;
    private final Screen screen;

    /** @param settings of the agent, which win over the demo's own */
    Demo(Plan plan, Map<String, String> settings, Path repository, Screen screen) {
        this.plan = plan;
        this.settings = settings;
        this.repository = repository;
        this.screen = screen;
    }

    /** Whether all went as it must. */
    boolean run() throws IOException, InterruptedException {
        Path folder =
                Files.createTempDirectory(Files.createDirectories(repository.resolve("testapps/demo/target")), "run-");
        Path errors = folder.resolve("application.err");
        boolean fine;
        try (LocalRds rds = database();
                PrintWriter log = new PrintWriter(errors.toFile(), StandardCharsets.UTF_8)) {
            Launcher launcher = new Launcher(rds, plan, repository, folder, settings);
            withoutAgent(rds, launcher, log);
            Facts facts = new Performance(rds, plan, launcher, screen, log).run();
            new Result(screen, facts).show(rds.nodes());
            fine = judge(facts);
        }
        tidy(folder, fine);
        return fine;
    }

    private LocalRds database() {
        screen.title("1. A database that takes IAM tokens and nothing else");
        Instant start = Instant.now();
        // Temporary credentials, as a role has them: a token dies with those.
        LocalRds rds = LocalRds.builder()
                .credentials("ASIALOCALRDSEXAMPLE1", "local/rds/secret/that/opens/nothing/else", "local-rds-session")
                .start();
        screen.said(
                "   ",
                "",
                "PostgreSQL " + version(rds) + ", a writer and " + rds.readers().size() + " readers, up in "
                        + Text.seconds(Duration.between(start, Instant.now()))
                        + ". At each login they verify the token's signature, host, user and age.");
        for (Node node : rds.nodes()) {
            screen.line("     " + Launcher.role(node) + "  " + node.host() + ":" + node.port());
        }
        return rds;
    }

    private static String version(LocalRds rds) {
        return rds.admin(rds.writer(), "SHOW server_version").get(0).get(0).split(" ", 2)[0];
    }

    private void withoutAgent(LocalRds rds, Launcher launcher, PrintWriter log)
            throws IOException, InterruptedException {
        screen.title("2. An application of long ago: HikariCP 4.0.3, pgjdbc 42.2.29, and a password that is wrong");
        screen.line("   $ java -jar legacy-orders.jar orders.properties");
        AppReport report = new AppReport(where -> where);
        try (Application application = launcher.withoutAgent(log::println)) {
            int status = application.run(report::read);
            screen.said("   ", "red", report.fatal().orElse("It works, although it has no token."));
            screen.said("   ", "", "It ended with status " + status + "." + reason(rds));
        }
        rds.log().clear();
        if (plan.victim() == Victim.WRITER) {
            new Succession(rds).prepare();
        }
    }

    private static String reason(LocalRds rds) {
        List<Login> logins = rds.log().logins();
        return logins.isEmpty() ? "" : " The server's reason: " + logins.get(0).detail();
    }

    private boolean judge(Facts facts) {
        List<String> wrong = Verdict.of(facts);
        screen.blank();
        if (wrong.isEmpty()) {
            screen.good("  PASS. " + Text.count(facts.sessions().rotations(), "connection")
                    + " replaced in time, no error but those of the kill, "
                    + (plan.victim() == Victim.WRITER ? "a new writer was found, " : "") + "and the money adds up.");
        } else {
            screen.bad("  FAIL. This was not right:");
            wrong.forEach(sentence -> screen.said("  - ", "red", sentence));
        }
        return wrong.isEmpty();
    }

    private void tidy(Path folder, boolean fine) throws IOException {
        if (!fine) {
            screen.line(
                    "  What the application wrote to its standard error is in " + folder.resolve("application.err"));
            return;
        }
        List<Path> files = new ArrayList<>();
        try (var listed = Files.list(folder)) {
            listed.forEach(files::add);
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
