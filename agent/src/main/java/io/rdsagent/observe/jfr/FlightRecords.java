package io.rdsagent.observe.jfr;

import io.rdsagent.event.Attempted;
import io.rdsagent.event.Events;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Retired;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Puts connects, retirements and failovers into a recording of the JDK Flight Recorder, on the thread where they happen.
 * Until a recording begins, nothing of the recorder's is touched: setting it up takes the time of several connects.
 */
public final class FlightRecords implements Events {

    private final Recorder recorder;
    private final BiConsumer<String, Throwable> faults;
    private volatile Kinds kinds;

    public FlightRecords(BiConsumer<String, Throwable> faults) {
        this.recorder = Recorder.ofThisJvm();
        this.faults = faults;
    }

    @Override
    public void attempted(Attempted attempt) {
        Kinds known = kinds();
        if (known != null) {
            known.connect.record(
                    attempt.database, attempt.endpoint, attempt.outcome.toString(), attempt.took.toMillis());
        }
    }

    @Override
    public void retired(Retired retired) {
        Kinds known = kinds();
        if (known != null) {
            known.retirement.record(
                    retired.database,
                    retired.endpoint,
                    retired.reason.toString(),
                    retired.age.toMillis(),
                    retired.lag.toMillis());
        }
    }

    @Override
    public void health(HealthChange change) {
        Kinds known = kinds();
        if (known != null) {
            known.failover.record(
                    change.database,
                    change.endpoint,
                    change.state.name().toLowerCase(Locale.ROOT),
                    change.alternative,
                    change.why);
        }
    }

    /** Null while nobody records. */
    private Kinds kinds() {
        if (kinds == null && recorder != null && recorder.isAtWork()) {
            make();
        }
        return kinds;
    }

    private synchronized void make() {
        if (kinds == null) {
            try {
                kinds = new Kinds(recorder);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError another) {
                faults.accept("the JDK Flight Recorder", another);
            }
        }
    }

    private static final class Kinds {

        private final RecordKind connect;
        private final RecordKind retirement;
        private final RecordKind failover;

        Kinds(Recorder recorder) throws ReflectiveOperationException {
            connect = recorder.kind("io.rdsagent.Connect", "Connect", "One try of one endpoint")
                    .text("database", "Database")
                    .text("endpoint", "Endpoint")
                    .text("outcome", "Outcome")
                    .millis("took", "Took")
                    .make();
            retirement = recorder.kind(
                            "io.rdsagent.Retirement", "Retirement", "A connection past its time has been closed")
                    .text("database", "Database")
                    .text("endpoint", "Endpoint")
                    .text("reason", "Reason")
                    .millis("age", "Age")
                    .millis("lag", "Lag")
                    .make();
            failover = recorder.kind("io.rdsagent.Failover", "Failover", "An endpoint began or ceased to serve")
                    .text("database", "Database")
                    .text("endpoint", "Endpoint")
                    .text("state", "State")
                    .truth("alternative", "Another Serves")
                    .text("why", "Why")
                    .make();
        }
    }
}
