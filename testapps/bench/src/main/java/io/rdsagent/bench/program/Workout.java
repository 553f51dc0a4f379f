package io.rdsagent.bench.program;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Statements of all kinds through a pool: loads every class that lies on their path. */
public final class Workout {

    public static void main(String[] arguments) throws SQLException {
        try (HikariDataSource pool = pool(new Database());
                Connection connection = pool.getConnection()) {
            Database.selectOne(connection);
            connection.setAutoCommit(false);
            prepared(connection);
            connection.commit();
        }
    }

    /** A pool of one, so that a borrow is never a connect. */
    public static HikariDataSource pool(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(database.properties());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private static void prepared(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT ? + generate_series(1, ?)")) {
            // Beyond pgjdbc's prepareThreshold the statement lives on the server.
            for (int i = 0; i < 10; i++) {
                statement.setInt(1, i);
                statement.setInt(2, 10);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        rows.getInt(1);
                    }
                }
            }
        }
    }

    private Workout() {}
}
