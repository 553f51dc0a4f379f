package io.rdsagent.cli;

import io.rdsagent.config.Config;
import io.rdsagent.config.Setting;
import io.rdsagent.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is set, and where. */
@Command(
        description =
                "Shows the settings in effect and where each comes from: in a JVM, or, without PID, as an application"
                        + " that is started from here would have them. Mistakes are lines that begin with `!`.")
final class ConfigCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(arity = "0..1", paramLabel = "PID", description = "A JVM with the agent in it.")
    private String pid;

    @Option(names = "--json", description = "For a program.")
    private boolean json;

    @Mixin
    private Asked asked;

    ConfigCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Failure {
        if (pid != null) {
            screen.say(new RunningAgent(AttachApi.ofThisJava(), pid).ask(json ? "config json" : "config"));
            return Exit.WELL;
        }
        Config config = asked.config();
        screen.say(json ? json(config) : text(config));
        return config.problems().isEmpty() ? Exit.WELL : Exit.NOT_WELL;
    }

    private static String text(Config config) {
        StringBuilder text = new StringBuilder();
        config.settings().forEach(setting -> text.append(setting).append('\n'));
        config.problems().forEach(problem -> text.append("! ").append(problem).append('\n'));
        return text.toString().trim();
    }

    private static String json(Config config) {
        List<Json> all = new ArrayList<>();
        for (Setting setting : config.settings()) {
            all.add(new Json()
                    .with("key", setting.key())
                    .with("value", setting.value())
                    .with("source", setting.source()));
        }
        return new Json()
                .with("settings", all)
                .with("problems", config.problems())
                .toString();
    }
}
