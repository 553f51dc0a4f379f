package com.example.orders;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections to one of the two databases. */
final class Pool implements AutoCloseable {

    private final String name;
    private final HikariDataSource source;

    private Pool(String name, HikariDataSource source) {
        this.name = name;
        this.source = source;
    }

    /** Opens the first connection at once. */
    static Pool open(String name, String url, Settings settings) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(settings.text("user"));
        config.setPassword(settings.text("password"));
        config.setMaximumPoolSize(settings.number("poolSize"));
        try {
            return new Pool(name, new HikariDataSource(config));
        } catch (HikariPool.PoolInitializationException e) {
            if (e.getCause() instanceof SQLException) {
                throw (SQLException) e.getCause();
            }
            throw e;
        }
    }

    String name() {
        return name;
    }

    Connection borrow() throws SQLException {
        return source.getConnection();
    }

    @Override
    public void close() {
        source.close();
    }
}
