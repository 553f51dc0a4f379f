package io.rdsagent.core;

import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import io.rdsagent.weave.Hooks;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says once what is wrong with the agent itself. */
final class Complaints implements Hooks.Faults {

    private final Events events;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    Complaints(Events events) {
        this.events = events;
    }

    @Override
    public void fault(String hook, Throwable fault) {
        try {
            if (fault instanceof OutOfMemoryError) {
                once(
                        "The JVM had no memory left (" + fault.getMessage() + ") for what the agent does at " + hook
                                + ". The agent goes on when there is some again; give the application more, or see what takes it.");
            } else {
                unexpected(hook, fault);
            }
        } catch (OutOfMemoryError noneForWordsEither) {
            // The application will hear of it in its own threads.
        }
    }

    private void unexpected(String hook, Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        once("A fault of the agent at " + hook + ": " + fault + (trace.length == 0 ? "" : " at " + trace[0])
                + ". What it was called for went on without it; please report this.");
    }

    /**
     * The task, whose fault is said and ends nothing. A scheduled task would keep it to itself; and whoever asked the future for
     * it might spin for ever, since one whose end was met by a lack of memory is never quite done.
     */
    Runnable caught(String where, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable fault) {
                fault(where, fault);
            }
        };
    }

    void missing(String type, String method, String hook) {
        once("This version of " + type + " has no " + method + " that the agent knows, so it goes on without its "
                + hook + " there: " + Consequences.of(hook) + ". Use a version that the manual lists as supported.");
    }

    void notWoven(String type, Throwable failure) {
        once(type + " could not be changed (" + failure
                + "), so the agent does nothing there; what it is part of goes on"
                + " as without it. Please report this, with the version of the driver or pool.");
    }

    void warmUpFailed(Throwable failure) {
        once("The AWS SDK could not be loaded ahead of the first login (" + failure
                + "). It is tried again at the first login.");
    }

    private void once(String complaint) {
        if (said.add(complaint)) {
            events.notice(Notice.warning(complaint));
        }
    }
}
