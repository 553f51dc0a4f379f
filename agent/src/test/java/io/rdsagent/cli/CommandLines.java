package io.rdsagent.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.util.List;

/** Reads a command line as the jar does, and executes nothing. */
public final class CommandLines {

    /** @throws picocli.CommandLine.ParameterException if there is a slip in it */
    public static void parse(List<String> arguments) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        Program.commandLine(new File("rds-jdbc-agent.jar"), nowhere, nowhere)
                .parseArgs(arguments.toArray(new String[0]));
    }

    private CommandLines() {}
}
