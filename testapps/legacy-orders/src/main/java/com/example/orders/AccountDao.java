package com.example.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Accounts and the transfers between them. */
final class AccountDao {

    static final int ACCOUNTS = 100;
    /** These two belong to the month-end closing, which holds them for seconds. */
    static final int HOUSE = 1;

    static final int FEES = 2;
    static final int FIRST_CUSTOMER = 3;

    private static final long OPENING_CENTS = 100000;

    void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS account (id int PRIMARY KEY, cents bigint NOT NULL)");
            statement.execute("CREATE TABLE IF NOT EXISTS transfer (id bigserial PRIMARY KEY, source int NOT NULL,"
                    + " target int NOT NULL, cents bigint NOT NULL, at timestamptz NOT NULL DEFAULT now())");
            statement.execute("INSERT INTO account SELECT id, " + OPENING_CENTS + " FROM generate_series(1, " + ACCOUNTS
                    + ") AS id ON CONFLICT DO NOTHING");
        }
    }

    /** All the money there is, in cents. */
    long total(Connection connection) throws SQLException {
        return number(connection, "SELECT coalesce(sum(cents), 0) FROM account");
    }

    long transfers(Connection connection) throws SQLException {
        return number(connection, "SELECT count(*) FROM transfer");
    }

    /** What all must own together: money is moved, never made. */
    static long expectedTotal() {
        return ACCOUNTS * OPENING_CENTS;
    }

    boolean hasTables(Connection connection) throws SQLException {
        return number(connection, "SELECT count(*) FROM pg_tables WHERE tablename = 'transfer'") > 0;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    /** To be called within a transaction. Rows are locked in the order of their numbers, so no two transfers wait for each other. */
    void transfer(Connection connection, int source, int target, long cents) throws SQLException {
        add(connection, Math.min(source, target), source < target ? -cents : cents);
        add(connection, Math.max(source, target), source < target ? cents : -cents);
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO transfer (source, target, cents) VALUES (?, ?, ?)")) {
            statement.setInt(1, source);
            statement.setInt(2, target);
            statement.setLong(3, cents);
            statement.executeUpdate();
        }
    }

    private static void add(Connection connection, int account, long cents) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE account SET cents = cents + ? WHERE id = ?")) {
            statement.setLong(1, cents);
            statement.setInt(2, account);
            if (statement.executeUpdate() != 1) {
                throw new SQLException("There is no account " + account, "02000");
            }
        }
    }

    long balance(Connection connection, int account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT cents FROM account WHERE id = ?")) {
            statement.setInt(1, account);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }
}
