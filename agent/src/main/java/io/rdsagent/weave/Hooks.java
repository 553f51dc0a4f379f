package io.rdsagent.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Finds the hook for a row of the table, and keeps a fault of the core away from the application. */
public final class Hooks implements BiFunction<Integer, Object[], Object> {

    /** Told of an exception that no hook should have let out; the woven method has gone on as it was written. */
    public interface Faults {
        void fault(String hook, Throwable fault);
    }

    private final List<String> names = new ArrayList<>();
    private final List<Hook> hooks = new ArrayList<>();
    private final Faults faults;

    /**
     * @param named a hook for each name in the table
     * @throws IllegalArgumentException when the table names a hook that is not there
     */
    public Hooks(Targets targets, Map<String, Hook> named, Faults faults) {
        for (Target target : targets.rows()) {
            add(target.hook, named.get(target.hook));
        }
        // Behind the table's rows, those that are called from what is found later.
        for (Map.Entry<String, Hook> other : named.entrySet()) {
            if (!names.contains(other.getKey())) {
                add(other.getKey(), other.getValue());
            }
        }
        this.faults = faults;
    }

    private void add(String name, Hook hook) {
        if (hook == null) {
            throw new IllegalArgumentException("no hook of this name: " + name);
        }
        names.add(name);
        hooks.add(hook);
    }

    /** A row that calls this hook. */
    int rowOf(String hook) {
        return names.indexOf(hook);
    }

    @Override
    public Object apply(Integer row, Object[] call) {
        try {
            return hooks.get(row).at(call);
        } catch (java.sql.SQLException forTheApplication) {
            Hooks.<RuntimeException>throwUnchecked(forTheApplication);
            return null;
        } catch (ForTheDriver wrapped) {
            Hooks.<RuntimeException>throwUnchecked(wrapped.getCause());
            return null;
        } catch (Throwable fault) {
            faults.fault(names.get(row), fault);
            return null;
        }
    }

    /** The woven methods declare what their hooks throw; the bridge, which has only JDK types, does not. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnchecked(Throwable exception) throws E {
        throw (E) exception;
    }
}
