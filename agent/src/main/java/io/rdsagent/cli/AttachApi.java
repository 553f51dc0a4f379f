package io.rdsagent.cli;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The JDK's attach API, by reflection: it is in a module that a runtime need not have, of the application's loader since
 * Java 9, and in tools.jar on 8.
 */
final class AttachApi {

    private static final String MACHINE = "com.sun.tools.attach.VirtualMachine";
    private static final String DESCRIPTOR = "com.sun.tools.attach.VirtualMachineDescriptor";

    private final Class<?> machine;

    private AttachApi(Class<?> machine) {
        this.machine = machine;
    }

    /** @throws Failure when this Java has none */
    static AttachApi ofThisJava() throws Failure {
        try {
            return new AttachApi(Class.forName(MACHINE, true, ClassLoader.getSystemClassLoader()));
        } catch (ClassNotFoundException notThere) {
            return ofJava8();
        }
    }

    private static AttachApi ofJava8() throws Failure {
        File home = new File(System.getProperty("java.home"));
        File tools = new File(home.getParentFile(), "lib/tools.jar");
        try {
            if (tools.isFile()) {
                return new AttachApi(Class.forName(
                        MACHINE,
                        true,
                        new URLClassLoader(new URL[] {tools.toURI().toURL()}, ClassLoader.getSystemClassLoader())));
            }
        } catch (ClassNotFoundException | IOException unusable) {
            // As if it were not there.
        }
        throw new Failure(
                Exit.NO_JVM,
                "The Java in " + home
                        + " has no attach API (module jdk.attach; on Java 8 tools.jar) and can't reach another JVM: run"
                        + " this with the java of a JDK, of any version from 8 on, or attach with a JDK's jcmd, `jcmd PID"
                        + " JVMTI.agent_load rds-jdbc-agent.jar`.");
    }

    /** The JVMs of this user by their process, with what was started, as it is in the files that they share. */
    Map<String, String> all() throws Failure {
        Map<String, String> all = new LinkedHashMap<>();
        try {
            Class<?> descriptor = Class.forName(DESCRIPTOR, true, machine.getClassLoader());
            for (Object each : (List<?>) machine.getMethod("list").invoke(null)) {
                all.put((String) descriptor.getMethod("id").invoke(each), (String)
                        descriptor.getMethod("displayName").invoke(each));
            }
        } catch (ReflectiveOperationException unusable) {
            throw new Failure(Exit.NO_JVM, "The JVMs of this user could not be listed (" + cause(unusable) + ").");
        }
        return all;
    }

    Jvm attach(String pid) throws Failure {
        if (!pid.matches("[0-9]+")) {
            throw new Failure(
                    Exit.USAGE, pid + " is no number of a process; `list` shows the JVMs of this user with theirs.");
        }
        if (isNoJvm(pid)) {
            throw new Failure(
                    Exit.NO_JVM,
                    "The process " + pid + " is no JVM. It was left alone; `list` shows the JVMs of this user.");
        }
        try {
            return new Jvm(pid, machine.getMethod("attach", String.class).invoke(null, pid));
        } catch (ReflectiveOperationException refused) {
            throw new Failure(
                    Exit.NO_JVM,
                    "The process " + pid + " can't be reached (" + cause(refused)
                            + "). Check that it is a JVM that runs (`list` shows them), that this is the user who runs it, and that"
                            + " it was not started with -XX:+DisableAttachMechanism.");
        }
    }

    /** To be attached to, a process gets a SIGQUIT, of which one that is no JVM dies; where /proc is, it tells. */
    private static boolean isNoJvm(String pid) {
        try (Stream<String> mapped = Files.lines(Paths.get("/proc", pid, "maps"), StandardCharsets.ISO_8859_1)) {
            return mapped.noneMatch(line -> line.contains("libjvm"));
        } catch (IOException | RuntimeException notTold) {
            return false;
        }
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure instanceof InvocationTargetException ? failure.getCause() : failure;
        String message = String.valueOf(cause.getMessage());
        int line = message.indexOf('\n');
        return cause.getClass().getSimpleName() + ": " + (line < 0 ? message : message.substring(0, line));
    }

    /** Another JVM, while it is attached to. */
    final class Jvm implements AutoCloseable {

        private final String pid;
        private final Object attached;

        private Jvm(String pid, Object attached) {
            this.pid = pid;
            this.attached = attached;
        }

        String property(String name) throws Failure {
            try {
                return ((Properties) machine.getMethod("getSystemProperties").invoke(attached)).getProperty(name);
            } catch (ReflectiveOperationException refused) {
                throw new Failure(Exit.NO_JVM, "The JVM " + pid + " does not answer (" + cause(refused) + ").");
            }
        }

        /** @param argument null for none */
        void load(File jar, String argument) throws Failure {
            try {
                machine.getMethod("loadAgent", String.class, String.class)
                        .invoke(attached, jar.getAbsolutePath(), argument);
            } catch (ReflectiveOperationException refused) {
                if (isOfAnotherJava(refused)) {
                    return;
                }
                throw new Failure(
                        Exit.NO_JVM,
                        "The JVM " + pid + " did not load " + jar.getAbsolutePath() + " (" + cause(refused)
                                + "). Check that its user may read that file, in a container also that it is there under the"
                                + " same name; a JVM with -XX:-EnableDynamicAgentLoading takes agents at its start alone.");
            }
        }

        /**
         * The attach API of Java 8 can't read what a later JVM answers, nor a later one what 8 answers. The jar was loaded
         * then, and whoever asked for it looks what has come of it.
         */
        private boolean isOfAnotherJava(ReflectiveOperationException refused) {
            String answer = String.valueOf(
                    refused.getCause() == null ? null : refused.getCause().getMessage());
            return answer.equals("Non-numeric value found - int expected") || answer.equals("0");
        }

        @Override
        public void close() {
            try {
                machine.getMethod("detach").invoke(attached);
            } catch (ReflectiveOperationException alreadyGone) {
                // As it should be.
            }
        }
    }
}
