package io.rdsagent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the agent in a JVM has in hand. */
@Command(
        description =
                "Shows what the agent in a JVM has in hand: databases, endpoints, connections and how they are held.")
final class StatusCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private OfAJvm of;

    @Option(names = "--json", description = "For a program, each connection by itself.")
    private boolean json;

    StatusCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Failure {
        screen.say(of.agent().ask(json ? "status json" : "status"));
        return Exit.WELL;
    }
}
