package io.rdsagent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.Type;

/** Weaves classes that no row of the table names: pools that are found while the application runs, or named by a setting. */
public final class Found implements ClassFileTransformer {

    /** The hooks by which a found pool is held: before and after it hands a connection out, and its own word on age. */
    public static final String ENTER = "found.enter";

    public static final String LEAVE = "found.leave";
    public static final String TOO_OLD = "found.too-old";

    private static final WeakReference<Class<?>> TWO_OF_A_NAME = new WeakReference<>(null);

    private final Instrumentation instrumentation;
    private final Weaver weaver;
    private final Map<String, List<Target>> rows = new ConcurrentHashMap<>();
    private final Map<String, WeakReference<Class<?>>> guarded = new ConcurrentHashMap<>();
    private volatile Hooks hooks;

    public Found(Instrumentation instrumentation, Weaver.Observer observer) {
        this.instrumentation = instrumentation;
        this.weaver = new Weaver(new Targets(Collections.emptyList()), observer);
    }

    /** From here on classes are woven. */
    public void open(Hooks called) {
        hooks = called;
        instrumentation.addTransformer(this, true);
    }

    /** What was woven is as it was. */
    public void close() {
        instrumentation.removeTransformer(this);
        for (String type : rows.keySet()) {
            for (Class<?> woven : loaded(type.replace('/', '.'))) {
                retransform(woven);
            }
        }
    }

    /**
     * Weaves the methods of a loaded class by which it hands connections out.
     *
     * @return false when there is none, or the JVM does not let the class be changed
     */
    public boolean guard(Class<?> pool) {
        List<Target> woven = new ArrayList<>();
        String type = Type.getInternalName(pool);
        for (Method method : pool.getDeclaredMethods()) {
            if (method.getName().equals("getConnection") && Connection.class.isAssignableFrom(method.getReturnType())) {
                String place = type + " getConnection " + Type.getMethodDescriptor(method);
                woven.add(Target.parse(hooks.rowOf(ENTER), place + " check " + ENTER));
                woven.add(Target.parse(hooks.rowOf(LEAVE), place + " guard " + LEAVE));
            }
        }
        if (woven.isEmpty() || !instrumentation.isModifiableClass(pool)) {
            return false;
        }
        guarded.merge(pool.getName(), new WeakReference<>(pool), (one, other) -> TWO_OF_A_NAME);
        return weave(type, woven, pool);
    }

    /** Weaves a method of a pool's that tells whether a connection is too old, when its class is loaded. */
    public void answer(String type, String method) {
        String internal = type.replace('.', '/');
        rows.computeIfAbsent(internal, name -> new ArrayList<>())
                .add(Target.parse(hooks.rowOf(TOO_OLD), internal + ' ' + method + " ()Z or-past " + TOO_OLD));
        for (Class<?> loaded : loaded(type)) {
            retransform(loaded);
        }
    }

    /** The class of this name that hands connections out; null of two, since nobody can say which is meant. */
    public Class<?> guarded(String name) {
        return guarded.getOrDefault(name, TWO_OF_A_NAME).get();
    }

    /** The loaded classes with one of these names. */
    public List<Class<?>> loaded(String... names) {
        List<String> wanted = Arrays.asList(names);
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (wanted.contains(loaded.getName())) {
                found.add(loaded);
            }
        }
        return found;
    }

    /** The loaded classes that have the same class loader. */
    public List<Class<?>> loadedBeside(Class<?> type) {
        List<Class<?>> beside = new ArrayList<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getClassLoader() == type.getClassLoader()) {
                beside.add(loaded);
            }
        }
        return beside;
    }

    private boolean weave(String type, List<Target> woven, Class<?> loaded) {
        rows.merge(type, woven, (before, more) -> {
            List<Target> both = new ArrayList<>(before);
            both.addAll(more);
            return both;
        });
        return retransform(loaded);
    }

    private boolean retransform(Class<?> loaded) {
        try {
            instrumentation.retransformClasses(loaded);
            return true;
        } catch (UnmodifiableClassException | RuntimeException | LinkageError asItWas) {
            return false;
        }
    }

    @Override
    public byte[] transform(
            ClassLoader owner, String className, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
        List<Target> woven = className == null ? null : rows.get(className);
        if (woven == null) {
            return null;
        }
        try {
            return weaver.weave(woven, bytes);
        } catch (RuntimeException | LinkageError asItWas) {
            return null;
        }
    }
}
