package io.rdsagent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has an endpoint emptied before it is worked on. */
@Command(
        description =
                "Orders that an endpoint be drained in a JVM: new connections go elsewhere, those on it are retired as"
                        + " they come back to their pools.")
final class DrainCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private OfAJvm of;

    @Parameters(paramLabel = "ENDPOINT", description = "HOST or HOST:PORT, as `status` shows it.")
    private String endpoint;

    @Option(names = "--undo", description = "Takes the order back: new connections go there again.")
    private boolean undo;

    DrainCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Failure {
        screen.say(of.agent().ask((undo ? "undrain " : "drain ") + endpoint));
        return Exit.WELL;
    }
}
