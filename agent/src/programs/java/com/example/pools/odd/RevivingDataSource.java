package com.example.pools.odd;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/** Keeps its slots for ever, and puts a new connection into one whose connection is gone. */
public final class RevivingDataSource extends OddDataSource {

    /** What the pool keeps of one connection. */
    private static final class Slot {
        private Connection connection;
    }

    private final Deque<Slot> idle = new ArrayDeque<Slot>();
    private final java.util.Map<Connection, Slot> out = new java.util.IdentityHashMap<Connection, Slot>();
    private final Semaphore free;
    private final String url;

    public RevivingDataSource(String url, int size) {
        this.url = url;
        this.free = new Semaphore(size);
        for (int i = 0; i < size; i++) {
            idle.add(new Slot());
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        free.acquireUninterruptibly();
        synchronized (idle) {
            Slot slot = idle.removeFirst();
            if (slot.connection == null || slot.connection.isClosed()) {
                slot.connection = DriverManager.getConnection(url);
            }
            out.put(slot.connection, slot);
            return handle(slot.connection);
        }
    }

    @Override
    void back(Connection connection) {
        synchronized (idle) {
            idle.addLast(out.remove(connection));
        }
        free.release();
    }
}
