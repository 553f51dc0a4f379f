package io.rdsagent.cli;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.Aliases;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Events;
import io.rdsagent.event.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes the whole way of a login, step by step. */
@Command(
        description = {
            "Goes the whole way of a login step by step, from the name to the topology, and says at each what is right or"
                    + " what to do. It logs in by the database's own protocol, so it needs no driver.",
            "Run it where the application runs, as the same user: only there it has its network and its credentials."
        })
final class DoctorCommand implements Callable<Integer> {

    private final Clock clock = Clock.systemUTC();
    private final Screen screen;

    @Parameters(paramLabel = "URL", description = "The application's JDBC URL.")
    private String url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The database user; by default the one that is configured or in the URL.")
    private String user;

    @Option(names = "--json", description = "For a program.")
    private boolean json;

    @Mixin
    private Asked asked;

    DoctorCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Failure {
        JdbcTarget target = JdbcTarget.parse(url);
        HostPort first = target.hosts().get(0);
        DatabaseConfig database = asked.database(first.host(), first.port());
        String who = user != null ? user : database.user() != null ? database.user() : target.user();
        if (who == null || who.isEmpty()) {
            throw new Failure(Exit.USAGE, "The URL names no user. Give --user.");
        }
        List<String> mistakes = asked.config().problems();
        List<Examination> examinations = new ArrayList<>();
        if (!json) {
            mistakes.forEach(
                    mistake -> screen.say(Step.wrong("settings", mistake).toString()));
        }
        for (Endpoint endpoint : endpoints(database, target)) {
            try (Examination examination = new Examination(target, database, endpoint, who, clock)) {
                examination.run(json ? step -> {} : step -> screen.say(step.toString()));
                examinations.add(examination);
            }
        }
        if (json) {
            screen.say(json(mistakes, examinations));
        }
        return mistakes.isEmpty() && examinations.stream().allMatch(Examination::isWell) ? Exit.WELL : Exit.NOT_WELL;
    }

    /** As the agent would have them. */
    private List<Endpoint> endpoints(DatabaseConfig database, JdbcTarget target) {
        Aliases aliases = new Aliases(asked.config().dnsServer(), clock, Runnable::run, new Events() {});
        return new Databases(aliases, () -> 0, newcomer -> {})
                .of(database, target.hosts())
                .endpoints();
    }

    private static String json(List<String> mistakes, List<Examination> examinations) {
        List<Json> all = new ArrayList<>();
        for (Examination examination : examinations) {
            List<Json> steps = new ArrayList<>();
            examination.steps().forEach(step -> steps.add(step.json()));
            all.add(new Json()
                    .with("endpoint", examination.endpoint())
                    .with("well", examination.isWell())
                    .with("steps", steps));
        }
        return new Json().with("problems", mistakes).with("endpoints", all).toString();
    }
}
