package io.rdsagent.observe.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.rdsagent.event.Events;
import io.rdsagent.event.Login;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Shows the meters in the application's own Micrometer too, where it has one: its global registry gets a function for each
 * of them. What passes between the two are types of the JDK alone, and nothing of the application's is kept alive.
 */
public final class ApplicationsRegistries implements Events {

    /** Put together here, since the build moves each literal that begins like ours to where ours lies. */
    private static final String HOME = String.join(".", "io", "micrometer", "core", "instrument") + '.';

    private final Supplier<MeterRegistry> ours;
    private final Executor thread;
    private final BiConsumer<String, Throwable> faults;
    private final Set<ClassLoader> seen =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<ClassLoader, Boolean>()));
    private final List<WeakReference<Object>> registries = new CopyOnWriteArrayList<>();

    /**
     * @param ours asked on the thread alone
     * @param thread the one on which the meters are made
     */
    public ApplicationsRegistries(Supplier<MeterRegistry> ours, Executor thread, BiConsumer<String, Throwable> faults) {
        this.ours = ours;
        this.thread = thread;
        this.faults = faults;
    }

    /** Where the application connects, its own classes are at hand. */
    @Override
    public void login(Login login) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader == null || loader == getClass().getClassLoader() || !seen.add(loader)) {
            return;
        }
        WeakReference<ClassLoader> applications = new WeakReference<>(loader);
        try {
            thread.execute(() -> look(applications.get()));
        } catch (RejectedExecutionException tooMuch) {
            seen.remove(loader);
        }
    }

    private void look(ClassLoader loader) {
        Object registry = loader == null ? null : globalRegistry(loader);
        if (registry == null || isKnown(registry)) {
            return;
        }
        if (registries.isEmpty()) {
            ours.get().config().onMeterAdded(this::added);
        }
        registries.removeIf(known -> known.get() == null);
        registries.add(new WeakReference<>(registry));
        for (Meter meter : ours.get().getMeters()) {
            show(meter, registry);
        }
    }

    /** Null where the application has no Micrometer. */
    private static Object globalRegistry(ClassLoader loader) {
        try {
            return Class.forName(HOME + "Metrics", true, loader)
                    .getField("globalRegistry")
                    .get(null);
        } catch (ReflectiveOperationException | LinkageError none) {
            return null;
        }
    }

    private boolean isKnown(Object registry) {
        return registries.stream().anyMatch(known -> known.get() == registry);
    }

    private void added(Meter meter) {
        for (WeakReference<Object> known : registries) {
            Object registry = known.get();
            if (registry != null) {
                show(meter, registry);
            }
        }
    }

    private void show(Meter meter, Object registry) {
        try {
            Class<?> type = Class.forName(
                    HOME + "MeterRegistry", false, registry.getClass().getClassLoader());
            Object builder = builder(meter, type.getClassLoader());
            builder = call(builder, "tags", String[].class, tags(meter));
            builder = call(builder, "description", String.class, meter.getId().getDescription());
            if (!(meter instanceof Timer)) {
                builder = call(builder, "baseUnit", String.class, meter.getId().getBaseUnit());
            }
            call(builder, "register", type, registry);
        } catch (ReflectiveOperationException | LinkageError refused) {
            faults.accept("the application's Micrometer, which shows no metrics of the agent", refused);
        }
    }

    /** A builder of the application's Micrometer, for what reads the meter. */
    private static Object builder(Meter meter, ClassLoader loader) throws ReflectiveOperationException {
        String name = meter.getId().getName();
        if (meter instanceof Timer) {
            ToLongFunction<Object> count = timer -> ((Timer) timer).count();
            ToDoubleFunction<Object> total = timer -> ((Timer) timer).totalTime(TimeUnit.SECONDS);
            return type(loader, "FunctionTimer")
                    .getMethod(
                            "builder",
                            String.class,
                            Object.class,
                            ToLongFunction.class,
                            ToDoubleFunction.class,
                            TimeUnit.class)
                    .invoke(null, name, meter, count, total, TimeUnit.SECONDS);
        }
        ToDoubleFunction<Object> value =
                any -> ((Meter) any).measure().iterator().next().getValue();
        boolean isCounter = meter instanceof Counter || meter instanceof FunctionCounter;
        return type(loader, isCounter ? "FunctionCounter" : "Gauge")
                .getMethod("builder", String.class, Object.class, ToDoubleFunction.class)
                .invoke(null, name, meter, value);
    }

    private static Class<?> type(ClassLoader loader, String name) throws ClassNotFoundException {
        return Class.forName(HOME + name, true, loader);
    }

    private static Object call(Object builder, String name, Class<?> type, Object argument)
            throws ReflectiveOperationException {
        Method method = builder.getClass().getMethod(name, type);
        return method.invoke(builder, argument);
    }

    private static String[] tags(Meter meter) {
        List<String> pairs = new ArrayList<>();
        for (Tag tag : meter.getId().getTagsAsIterable()) {
            pairs.add(tag.getKey());
            pairs.add(tag.getValue());
        }
        return pairs.toArray(new String[0]);
    }
}
