package java.lang;

import java.util.function.BiFunction;

/**
 * The one class of the agent that the application's code is linked to. It is defined into {@code java.lang}, because
 * that is the one package that links from every class loader: OSGi's, JBoss Modules', a named module's. Only JDK types
 * cross it.
 */
public final class RdsAgentBridge {

    /**
     * The core: takes the number of a row of the targets table and the call (receiver, arguments), answers what the
     * row's shape asks for or null for "as it was". Null where no agent is at work: every woven method is then what its
     * author wrote.
     */
    public static volatile BiFunction<Integer, Object[], Object> core;

    /** Whether any connection anywhere is past its time: all that a borrow from a pool ever reads. */
    public static volatile boolean overdue;

    /** For the shapes {@code instead}, {@code built} and {@code after}: the core's answer, null for "go on". */
    public static Object call(int row, Object[] call) {
        BiFunction<Integer, Object[], Object> present = core;
        return present == null ? null : present.apply(row, call);
    }

    /** For the shapes {@code argument} and {@code result}: what stands in the place of {@code own} from here on. */
    public static Object replace(Object own, int row, Object[] call) {
        Object answer = call(row, call);
        return answer == null ? own : answer;
    }

    /** For the shape {@code made}: what a pool's factory returns. */
    public static void made(Object made, int row, Object receiver) {
        call(row, new Object[] {receiver, made});
    }

    /** For the shape {@code or-past}: a pool's own lifetime predicate, or ours. */
    public static boolean orPast(boolean own, int row, Object holder) {
        return own || (overdue && past(row, holder));
    }

    /** For the shape {@code unless-past}: a driver's "this connection is valid", unless it is past its time. */
    public static boolean unlessPast(boolean own, int row, Object holder) {
        return own && !(overdue && past(row, holder));
    }

    /** For the shape {@code check}: the hook may throw. */
    public static void check(int row, Object holder) {
        if (overdue) {
            call(row, new Object[] {holder});
        }
    }

    /** For the shape {@code guard}: what a pool is about to hand out, or another in its place. */
    public static Object guard(Object own, int row, Object receiver, Object first, Object second) {
        return own != null && overdue ? replace(own, row, new Object[] {receiver, own, first, second}) : own;
    }

    private static boolean past(int row, Object holder) {
        return call(row, new Object[] {holder}) == Boolean.TRUE;
    }

    private RdsAgentBridge() {}
}
