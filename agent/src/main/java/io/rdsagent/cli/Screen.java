package io.rdsagent.cli;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;

/** Where answers go, and apart from them what a person alone should read. */
final class Screen {

    private final PrintStream out;
    private final PrintStream err;

    Screen(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    void say(String answer) {
        out.println(answer);
        out.flush();
    }

    /** Kept out of what a script reads. */
    void warn(String remark) {
        err.println(remark);
    }

    /** In place of what was there. */
    void redraw(String answer) {
        say(isTerminal() ? "\033[H\033[2J" + answer : answer);
    }

    int failed(Exception failure) throws Exception {
        if (failure instanceof Failure) {
            warn(failure.getMessage());
            return ((Failure) failure).exitCode();
        }
        throw failure;
    }

    /** Since Java 22 there is a console also where nobody sits; it tells then. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        Console console = System.console();
        try {
            Method tells = Console.class.getMethod("isTerminal");
            return console != null && (Boolean) tells.invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return console != null;
        }
    }
}
