package io.rdsagent.weave;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Finds the hook for a row of the table, and keeps a fault of the core away from the application. */
public final class Hooks implements BiFunction<Integer, Object[], Object> {

    /** Told of an exception that no hook should have let out; the woven method has gone on as it was written. */
    public interface Faults {
        void fault(String hook, Throwable fault);
    }

    private final Target[] rows;
    private final Hook[] hooks;
    private final Faults faults;

    /**
     * @param named a hook for each name in the table
     * @throws IllegalArgumentException when the table names a hook that is not there
     */
    public Hooks(Targets targets, Map<String, Hook> named, Faults faults) {
        List<Target> all = targets.rows();
        this.rows = all.toArray(new Target[0]);
        this.hooks = new Hook[rows.length];
        this.faults = faults;
        for (Target target : all) {
            Hook hook = named.get(target.hook);
            if (hook == null) {
                throw new IllegalArgumentException("no hook of this name: " + target.hook);
            }
            hooks[target.row] = hook;
        }
    }

    @Override
    public Object apply(Integer row, Object[] call) {
        try {
            return hooks[row].at(call);
        } catch (java.sql.SQLException forTheApplication) {
            Hooks.<RuntimeException>throwUnchecked(forTheApplication);
            return null;
        } catch (ForTheDriver wrapped) {
            Hooks.<RuntimeException>throwUnchecked(wrapped.getCause());
            return null;
        } catch (Throwable fault) {
            faults.fault(rows[row].hook, fault);
            return null;
        }
    }

    /** The woven methods declare what their hooks throw; the bridge, which has only JDK types, does not. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUnchecked(Throwable exception) throws E {
        throw (E) exception;
    }
}
