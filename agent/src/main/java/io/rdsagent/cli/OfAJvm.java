package io.rdsagent.cli;

import picocli.CommandLine.Parameters;

/** The JVM that a command is about. */
final class OfAJvm {

    @Parameters(paramLabel = "PID", description = "The process, as `list` shows it.")
    private String pid;

    String pid() {
        return pid;
    }

    RunningAgent agent() throws Failure {
        return new RunningAgent(AttachApi.ofThisJava(), pid);
    }
}
