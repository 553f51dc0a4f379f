package io.rdsagent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(description = "x")
final class PolicyCommand implements Callable<Integer> {
    PolicyCommand(Screen screen) {}

    public Integer call() {
        return 0;
    }
}
