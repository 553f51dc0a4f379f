package io.rdsagent.launcher;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What the command line asks of an agent that is at work: {@code command=status;to=FILE}, given as the argument of another
 * attachment, so that the JVM itself sees to it that only its own user can ask. The answer goes into the file.
 */
final class Order {

    private static final String COMMAND = "command=";
    private static final String TO = ";to=";

    private final String command;
    private final File to;

    private Order(String command, File to) {
        this.command = command;
        this.to = to;
    }

    /** Null where the argument is none, but settings for an agent that is to be installed. */
    static Order of(String argument) {
        if (argument == null || !argument.startsWith(COMMAND)) {
            return null;
        }
        int to = argument.indexOf(TO);
        return to < 0
                ? null
                : new Order(argument.substring(COMMAND.length(), to), new File(argument.substring(to + TO.length())));
    }

    /** @param gate of the agent that is at work; null where there is none */
    void carryOut(Gate gate) throws IOException {
        String answer;
        try {
            answer = gate == null ? "error\nThere is no agent in this JVM." : gate.answer(command);
        } catch (Throwable failure) {
            answer = "error\nThe agent could not carry out `" + command + "` (" + failure + "). Please report this.";
        }
        OutputStream out = new FileOutputStream(to);
        try {
            out.write(answer.getBytes("UTF-8"));
        } finally {
            out.close();
        }
    }
}
