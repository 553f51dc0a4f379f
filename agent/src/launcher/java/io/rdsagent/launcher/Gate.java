package io.rdsagent.launcher;

import java.io.File;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Sees every class that the JVM loads. For all but a few that is one look-up in a set. */
final class Gate implements ClassFileTransformer {

    private final Set<String> names = new HashSet<String>(Arrays.asList(Names.ALL));
    private final File jar;
    private final Instrumentation instrumentation;
    private final String argument;
    private volatile ClassFileTransformer core;
    private volatile boolean closed;

    Gate(File jar, Instrumentation instrumentation, String argument) {
        this.jar = jar;
        this.instrumentation = instrumentation;
        this.argument = argument;
        names.addAll(new Drivers(argument).names());
    }

    boolean isTarget(String className) {
        return names.contains(className);
    }

    @Override
    public byte[] transform(ClassLoader owner, String className, Class<?> loaded, ProtectionDomain domain, byte[] bytes)
            throws IllegalClassFormatException {
        if (className == null || !names.contains(className) || closed) {
            return null;
        }
        try {
            ClassFileTransformer opened = open();
            return opened == null ? null : opened.transform(owner, className, loaded, domain, bytes);
        } catch (Throwable failure) {
            closed = true;
            Agent.say("could not open its core for " + className.replace('/', '.') + " (" + failure
                    + "). The application runs as without it.");
            return null;
        }
    }

    /** The core's weaver; null when the core, having read its configuration, has nothing to do here. */
    private ClassFileTransformer open() throws Exception {
        if (core == null) {
            synchronized (this) {
                if (core == null && !closed) {
                    core = new CoreLoader(jar).open(instrumentation, argument);
                    closed = core == null;
                }
            }
        }
        return core;
    }
}
