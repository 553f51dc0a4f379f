package io.rdsagent.weave;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The class in {@code java.lang} that woven code calls, seen from the core.
 *
 * <p>A class appended to the boot loader's search path is not found from OSGi or a named module, and costs the
 * application its AppCDS archive; one that is defined into {@code java.lang} links from everywhere. Since Java 9 the
 * package is opened to the core's loader alone; Java 8 has {@code Unsafe} for it.
 */
public final class Bridge {

    private static final String NAME = "java.lang.RdsAgentBridge";
    private static final String BYTES = "/rdsagent-bridge";

    private final Field core;
    private final Field overdue;

    private Bridge(Class<?> type) throws ReflectiveOperationException {
        core = type.getField("core");
        overdue = type.getField("overdue");
    }

    /** @throws Exception when this JVM does not let a class into {@code java.lang}; the agent can do nothing then */
    public static Bridge define(Instrumentation instrumentation) throws Exception {
        Class<?> present = present();
        return new Bridge(present == null ? define(instrumentation, bytes()) : present);
    }

    /** Lets woven code reach the hooks. */
    public void connect(BiFunction<Integer, Object[], Object> hooks) throws IllegalAccessException {
        core.set(null, hooks);
    }

    /** Every woven method is what its author wrote from here on. */
    public void disconnect() throws IllegalAccessException {
        core.set(null, null);
        overdue(false);
    }

    /** Whether any connection is past its time. While none is, that is all a borrow reads. */
    public void overdue(boolean any) {
        try {
            overdue.setBoolean(null, any);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Class<?> present() {
        try {
            return Class.forName(NAME, true, null);
        } catch (ClassNotFoundException absent) {
            return null;
        }
    }

    private static Class<?> define(Instrumentation instrumentation, byte[] bytes) throws Exception {
        try {
            return defineThroughLookup(instrumentation, bytes);
        } catch (NoSuchMethodException java8) {
            return defineThroughUnsafe(bytes);
        }
    }

    private static Class<?> defineThroughLookup(Instrumentation instrumentation, byte[] bytes) throws Exception {
        Method privateLookup =
                MethodHandles.class.getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class);
        openJavaLang(instrumentation);
        Object lookup = privateLookup.invoke(null, Object.class, MethodHandles.lookup());
        return (Class<?>) MethodHandles.Lookup.class
                .getMethod("defineClass", byte[].class)
                .invoke(lookup, (Object) bytes);
    }

    /** {@code instrumentation.redefineModule(java.base, …, extraOpens = {java.lang: our unnamed module}, …)}. */
    private static void openJavaLang(Instrumentation instrumentation) throws Exception {
        Class<?> module = Class.forName("java.lang.Module", false, null);
        Method moduleOf = Class.class.getMethod("getModule");
        Map<String, Set<?>> opens =
                Collections.singletonMap("java.lang", Collections.singleton(moduleOf.invoke(Bridge.class)));
        Instrumentation.class
                .getMethod("redefineModule", module, Set.class, Map.class, Map.class, Set.class, Map.class)
                .invoke(
                        instrumentation,
                        moduleOf.invoke(Object.class),
                        Collections.emptySet(),
                        Collections.emptyMap(),
                        opens,
                        Collections.emptySet(),
                        Collections.emptyMap());
    }

    private static Class<?> defineThroughUnsafe(byte[] bytes) throws Exception {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe", true, null);
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        return (Class<?>) unsafe.getMethod(
                        "defineClass",
                        String.class,
                        byte[].class,
                        int.class,
                        int.class,
                        ClassLoader.class,
                        ProtectionDomain.class)
                .invoke(instance.get(null), NAME.replace('.', '/'), bytes, 0, bytes.length, null, null);
    }

    private static byte[] bytes() throws IOException {
        try (InputStream in = Bridge.class.getResourceAsStream(BYTES)) {
            if (in == null) {
                throw new IOException("the agent's jar has no " + BYTES);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            return out.toByteArray();
        }
    }
}
