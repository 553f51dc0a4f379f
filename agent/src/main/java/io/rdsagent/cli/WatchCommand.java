package io.rdsagent.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The status, again and again. */
@Command(description = "Shows the status again and again, until the JVM ends or Ctrl-C.")
final class WatchCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private OfAJvm of;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "How often; ${DEFAULT-VALUE} seconds if not said.")
    private int seconds;

    @Option(names = "--times", paramLabel = "COUNT", description = "How many times; for ever if not said.")
    private Integer times;

    WatchCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        RunningAgent agent = of.agent();
        for (int shown = 0; times == null || shown < times; shown++) {
            if (shown > 0) {
                TimeUnit.SECONDS.sleep(Math.max(1, seconds));
            }
            screen.redraw(agent.ask("status"));
        }
        return Exit.WELL;
    }
}
