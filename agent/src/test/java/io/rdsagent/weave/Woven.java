package io.rdsagent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.agent.ByteBuddyAgent;

/** Weaves classes and has the JVM load and verify them. */
final class Woven {

    /** What was asked of the bridge: the row and the call. */
    record Asked(int row, List<Object> call) {}

    final List<Asked> asked = new ArrayList<>();
    final List<String> missing = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final Bridge bridge;
    private final Targets targets;
    private final Weaver weaver;

    Woven(String... rows) throws Exception {
        List<Target> parsed = new ArrayList<>();
        for (String row : rows) {
            parsed.add(Target.parse(parsed.size(), row));
        }
        this.targets = new Targets(parsed);
        this.weaver = weaver();
        this.bridge = Bridge.define(ByteBuddyAgent.install());
    }

    private Weaver weaver() {
        return new Weaver(targets, new Weaver.Observer() {
            @Override
            public void woven(String type, ClassLoader owner) {
                said.add(type);
            }

            @Override
            public void failed(String type, Throwable failure) {
                throw new AssertionError(type, failure);
            }

            @Override
            public void missing(String type, String method, String hook) {
                missing.add(type + " " + method + " " + hook);
            }
        });
    }

    /** Has the bridge give this answer to all who ask. */
    void answer(BiFunction<Integer, Object[], Object> hooks) throws IllegalAccessException {
        bridge.connect((row, call) -> {
            asked.add(new Asked(row, java.util.Arrays.asList(call.clone())));
            return hooks.apply(row, call);
        });
    }

    void disconnect() throws IllegalAccessException {
        bridge.connect(null);
        bridge.overdue(false);
    }

    /** Null when there is nothing to weave. */
    byte[] weave(String internalName, byte[] bytes) {
        return weaver.transform(null, internalName, null, null, bytes);
    }

    /** The class as woven, initialised and so verified by the JVM. */
    Class<?> load(Class<?> original) throws Exception {
        return load(original.getName(), weave(original.getName().replace('.', '/'), bytes(original)));
    }

    static Class<?> load(String name, byte[] bytes) throws Exception {
        ClassLoader loader = new ClassLoader(Woven.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
                if (!wanted.equals(name)) {
                    return super.loadClass(wanted, resolve);
                }
                Class<?> present = findLoadedClass(wanted);
                return present == null ? defineClass(name, bytes, 0, bytes.length) : present;
            }
        };
        return Class.forName(name, true, loader);
    }

    static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }
}
