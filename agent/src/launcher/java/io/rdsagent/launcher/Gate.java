package io.rdsagent.launcher;

import java.io.File;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Sees every class that the JVM loads. For all but a few that is one look-up in a set. */
final class Gate implements ClassFileTransformer {

    private static final String DETACH = "detach";
    private static final String WAITING =
            "The agent waits: no JDBC driver or pool has come in yet, or it is switched off by `enabled`.";

    private final Set<String> names = new HashSet<String>(Arrays.asList(Names.ALL));
    private final File jar;
    private final Instrumentation instrumentation;
    private final String argument;
    private final boolean running;
    private volatile ClassFileTransformer core;
    private volatile boolean closed;

    /** @param running whether the application was running already when the agent came */
    Gate(File jar, Instrumentation instrumentation, String argument, boolean running) {
        this.jar = jar;
        this.instrumentation = instrumentation;
        this.argument = argument;
        this.running = running;
        names.addAll(new Drivers(argument).names());
    }

    /** The classes that would have been woven, had the agent been there. */
    List<Class<?>> loadedTargets() {
        List<Class<?>> targets = new ArrayList<Class<?>>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (names.contains(loaded.getName().replace('.', '/')) && instrumentation.isModifiableClass(loaded)) {
                targets.add(loaded);
            }
        }
        return targets;
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
                    core = new CoreLoader(jar).open(instrumentation, argument, running);
                    closed = core == null;
                }
            }
        }
        return core;
    }

    /** What the core says to an order of the command line's: {@code ok} or {@code error}, and on the next lines why. */
    @SuppressWarnings("unchecked")
    synchronized String answer(String command) {
        ClassFileTransformer opened = core;
        String answer = opened == null ? "ok\n" + WAITING : ((Function<String, String>) opened).apply(command);
        if (command.equals(DETACH) && answer.startsWith("ok")) {
            leave();
        }
        return answer;
    }

    /** The classes become what their authors wrote, as far as it is for this agent to say. */
    private void leave() {
        closed = true;
        core = null;
        instrumentation.removeTransformer(this);
        Agent.retransform(loadedTargets(), instrumentation, "what is woven into it does nothing any more");
        Agent.gone();
    }
}
