package io.rdsagent.cli;

/** The exit codes, which are a contract. */
final class Exit {

    static final int WELL = 0;
    /** What was asked for could not be done, or is not as it should be. */
    static final int NOT_WELL = 1;
    /** picocli's own for a slip on the command line. */
    static final int USAGE = 2;
    /** The JVM that was named can't be asked. */
    static final int NO_JVM = 3;

    private Exit() {}
}
