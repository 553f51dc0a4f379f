package io.rdsagent.lease;

import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Connections with leases, in time that passes when it is told to. */
abstract class Retiring {

    static final Duration ROUND = Duration.ofMillis(100);
    final VirtualTime time = new VirtualTime();
    final RecordedEvents events = new RecordedEvents();
    final Leases leases = new Leases(time, events);
    final Spares spares = new Spares(leases, time, time.timer(), events);
    /** For the jitter. */
    DoubleSupplier random = () -> 0;

    final List<Boolean> flags = new ArrayList<>();
    final Retirement retirement =
            new Retirement(leases, spares, time, time.timer(), () -> random.getAsDouble(), flags::add, events);
    final Endpoint endpoint = Configured.endpoint("db-1:5432");
    final Object pool = new Object();
    Database database = Configured.orders(Configured.database("connect.rate=1000/s;idle=off"), endpoint);

    /** One connection in a pool. */
    record Held(FakeConnection connection, FakeHolder holder, Connection physical, Object entry) {}

    Held held(long deadline) {
        return held(pool, deadline);
    }

    List<Held> held(int count, Object owner, long deadline) {
        List<Held> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(held(owner, deadline));
        }
        return all;
    }

    final List<Held> kept = new ArrayList<>();

    Held held(Object owner, long deadline) {
        FakeConnection connection = new FakeConnection();
        Connection physical = connection.physical();
        Held held = new Held(connection, new FakeHolder(owner, connection), physical, new Object());
        kept.add(held);
        retirement.begin(physical, new Lease(physical, database, endpoint, time.millis(), deadline));
        leases.hold(physical, held.entry(), held.holder());
        return held;
    }

    static long closed(List<Held> all) {
        return all.stream().filter(held -> held.connection().closed).count();
    }
}
