package io.rdsagent.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the agent into a JVM that runs. */
@Command(
        description =
                "Brings the agent into a JVM that runs: from then on its connections are made with tokens, and those"
                        + " that its pools have from before are replaced one by one.")
final class AttachCommand implements Callable<Integer> {

    private final Screen screen;
    private final File jar;

    @Mixin
    private OfAJvm of;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting; may be given again. What the JVM's own system properties and environment say comes"
                            + " first.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--config", paramLabel = "FILE", description = "A file with settings.")
    private File config;

    AttachCommand(Screen screen, File jar) {
        this.screen = screen;
        this.jar = jar;
    }

    @Override
    public Integer call() throws Failure {
        RunningAgent agent = of.agent();
        if (!agent.attach(jar, argument())) {
            screen.say(
                    "The agent is in the JVM " + of.pid() + " already, from " + agent.jar() + ". Nothing has changed.");
            return Exit.WELL;
        }
        screen.say("The agent is in the JVM " + of.pid() + " now, from " + agent.jar() + ".");
        screen.say(agent.ask("status"));
        return Exit.WELL;
    }

    private String argument() {
        List<String> pairs = new ArrayList<>();
        if (config != null && settings.isEmpty()) {
            return config.getAbsolutePath();
        }
        if (config != null) {
            pairs.add("config=" + config.getAbsolutePath());
        }
        settings.forEach((key, value) -> pairs.add(key + "=" + value));
        return pairs.isEmpty() ? null : String.join(";", pairs);
    }
}
