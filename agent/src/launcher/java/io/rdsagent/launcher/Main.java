package io.rdsagent.launcher;

import java.io.File;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/** {@code java -jar rds-jdbc-agent.jar}: the command line, which lies in the core. A JVM of its own, not an application's. */
public final class Main {

    private static final String PROGRAM = "io.rdsagent.cli.Program";

    public static void main(String[] arguments) throws Exception {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws Exception {
        File jar = Agent.jar();
        ClassLoader core = new CoreLoader(jar);
        Thread.currentThread().setContextClassLoader(core);
        try {
            return (Integer) Class.forName(PROGRAM, true, core)
                    .getMethod("run", String[].class, File.class, PrintStream.class, PrintStream.class)
                    .invoke(null, arguments, jar, System.out, System.err);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof Exception) {
                throw (Exception) failure.getCause();
            }
            throw failure;
        }
    }

    private Main() {}
}
