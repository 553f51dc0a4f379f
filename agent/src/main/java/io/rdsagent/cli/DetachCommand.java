package io.rdsagent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes the agent out of a JVM. */
@Command(
        description =
                "Takes the agent out of a JVM: what it changed is undone, its threads end. Connections that are open"
                        + " stay open; those made afterwards are made as without it. It can be attached again.")
final class DetachCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private OfAJvm of;

    DetachCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Failure {
        RunningAgent agent = of.agent();
        if (agent.jar() == null) {
            screen.say("There is no agent in the JVM " + of.pid() + ". Nothing has changed.");
        } else {
            screen.say(agent.ask("detach"));
        }
        return Exit.WELL;
    }
}
