package io.rdsagent.launcher;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.util.List;

/**
 * The door: what the JVM calls. It hangs a {@link Gate} on class loading and goes; everything else comes in when a
 * driver or a pool does.
 *
 * <p>In here only what is safe before an application's {@code main}: no logging, no JMX, no {@code java.sql}, no
 * {@code java.nio.file}, no lambda. Any of these decides for the application how the JVM is set up (java.util.logging
 * chooses its LogManager on first use, and WildFly then refuses to start), or fails on a JVM before 8u40.
 */
public final class Agent {

    /** Names the jar that is at work in this JVM; a system property, since each class loader has its own statics. */
    private static final String ATTACHED = "io.rdsagent.attached";

    /** The agent at work in this JVM, for a later attachment to talk to: all that the door keeps, and all that changes. */
    private static volatile Gate present;

    public static void premain(String argument, Instrumentation instrumentation) {
        install(argument, instrumentation, false);
    }

    public static void agentmain(String argument, Instrumentation instrumentation) {
        Order order = Order.of(argument);
        if (order == null) {
            install(argument, instrumentation, true);
            return;
        }
        try {
            order.carryOut(present);
        } catch (Throwable failure) {
            say("could not answer its command line (" + failure + "). Nothing has changed.");
        }
    }

    private static void install(String argument, Instrumentation instrumentation, boolean running) {
        try {
            if (isToolOfTheJdk() || isSwitchedOff() || isAttached()) {
                return;
            }
            File jar = jar();
            System.setProperty(ATTACHED, jar.getPath());
            Gate gate = new Gate(jar, instrumentation, argument, running);
            instrumentation.addTransformer(gate, instrumentation.isRetransformClassesSupported());
            present = gate;
            if (running) {
                retransformLoaded(gate, instrumentation);
            }
        } catch (Throwable failure) {
            // The agent's failure is never the application's: one line, and the JVM starts as without it.
            say("could not be installed (" + failure + "). The application runs as without it.");
        }
    }

    /** JAVA_TOOL_OPTIONS also reaches keytool, javac and jlink: their main class is named {@code jdk.compiler/...}. */
    private static boolean isToolOfTheJdk() {
        String command = System.getProperty("sun.java.command", "");
        int slash = command.indexOf('/');
        int space = command.indexOf(' ');
        return slash > 0
                && (space < 0 || slash < space)
                && (command.startsWith("jdk.") || command.startsWith("java."))
                // `java App.java` is an application, though javac's launcher starts it.
                && !command.startsWith("jdk.compiler/com.sun.tools.javac.launcher.");
    }

    /** The kill switch where it can be read for nothing; set elsewhere it is obeyed when the core is opened. */
    private static boolean isSwitchedOff() {
        return "false".equalsIgnoreCase(System.getProperty("rdsagent.enabled"));
    }

    private static boolean isAttached() {
        String earlier = System.getProperty(ATTACHED);
        if (earlier == null) {
            return false;
        }
        say("is already attached to this JVM, from " + earlier + ". This second attachment does nothing.");
        return true;
    }

    static File jar() throws Exception {
        URI location =
                Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return new File(location);
    }

    private static void retransformLoaded(Gate gate, Instrumentation instrumentation) {
        List<Class<?>> targets = gate.loadedTargets();
        if (!targets.isEmpty()) {
            say("is attached. Connections that are made from now on are its own; those that a pool has from before are"
                    + " replaced one by one as they are borrowed.");
        }
        retransform(targets, instrumentation, "attach the agent when the JVM starts");
    }

    /** @param remedy for a class that the JVM does not let be changed */
    static void retransform(List<Class<?>> targets, Instrumentation instrumentation, String remedy) {
        for (Class<?> target : targets) {
            try {
                instrumentation.retransformClasses(target);
            } catch (Throwable failure) {
                say("could not change " + target.getName() + ", which was already loaded (" + failure
                        + "). It goes on as before; " + remedy + ".");
            }
        }
    }

    /** The agent has gone; another may come. */
    static void gone() {
        present = null;
        System.clearProperty(ATTACHED);
    }

    static void say(String what) {
        System.err.println("rds-jdbc-agent " + what);
    }

    private Agent() {}
}
