package com.example.pools.odd;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Keeps all it has in one list, with a flag for what is out, and asks each of its entries for its age. */
public final class AgingDataSource extends OddDataSource {

    /** What the pool keeps of one connection. */
    public static final class Entry {
        private final Connection connection;
        private boolean out = true;

        Entry(Connection connection) {
            this.connection = connection;
        }

        /** This version has no limit. */
        public boolean isExpired() {
            return false;
        }
    }

    private final List<Entry> entries = new ArrayList<Entry>();
    private final Semaphore slots;
    private final String url;

    public AgingDataSource(String url, int size) {
        this.url = url;
        this.slots = new Semaphore(size);
    }

    @Override
    public Connection getConnection() throws SQLException {
        slots.acquireUninterruptibly();
        synchronized (entries) {
            for (Entry entry : new ArrayList<Entry>(entries)) {
                if (!entry.out && entry.isExpired()) {
                    entries.remove(entry);
                    entry.connection.close();
                } else if (!entry.out) {
                    entry.out = true;
                    return handle(entry.connection);
                }
            }
            Entry made = new Entry(DriverManager.getConnection(url));
            entries.add(made);
            return handle(made.connection);
        }
    }

    @Override
    void back(Connection connection) {
        synchronized (entries) {
            for (Entry entry : entries) {
                if (entry.connection == connection) {
                    entry.out = false;
                }
            }
        }
        slots.release();
    }
}
