package io.rdsagent.cli;

/** What a person asked for could not be done: what happened, and what to do. */
final class Failure extends Exception {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
