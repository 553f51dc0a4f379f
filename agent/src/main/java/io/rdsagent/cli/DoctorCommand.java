package io.rdsagent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(description = "x")
final class DoctorCommand implements Callable<Integer> {
    DoctorCommand(Screen screen) {}

    public Integer call() {
        return 0;
    }
}
