package com.example.pools.odd;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;

/** Hands out what came back last, whatever has become of it. */
public final class LifoDataSource extends OddDataSource {

    private final LinkedBlockingDeque<Connection> idle = new LinkedBlockingDeque<Connection>();
    private final Semaphore slots;
    private final String url;

    public LifoDataSource(String url, int size) {
        this.url = url;
        this.slots = new Semaphore(size);
    }

    @Override
    public Connection getConnection() throws SQLException {
        slots.acquireUninterruptibly();
        Connection connection = idle.pollLast();
        if (connection == null) {
            connection = DriverManager.getConnection(url);
        }
        return handle(connection);
    }

    @Override
    void back(Connection connection) {
        idle.addLast(connection);
        slots.release();
    }
}
