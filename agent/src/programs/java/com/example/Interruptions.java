package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ways to stop a statement: what stops it is another login, and by the driver's own doing. */
final class Interruptions {

    private final Speech speech;

    Interruptions(Speech speech) {
        this.speech = speech;
    }

    /** Through the balancer: what stops the statement has to go there as well. */
    String timeOut(String balancer) throws SQLException {
        try (Connection connection = DriverManager.getConnection(speech.url("", balancer));
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            return interrupted(statement);
        }
    }

    /** MySQL answers 1 for a sleep that was interrupted; everybody else fails. */
    private String interrupted(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT " + speech.sleep)) {
            rows.next();
            if ("1".equals(rows.getString(1))) {
                return "interrupted";
            }
        } catch (SQLException stopped) {
            String state = String.valueOf(stopped.getSQLState());
            if (state.equals("57014")
                    || state.startsWith("70100")
                    || stopped.getClass().getName().contains("Timeout")
                    || stopped.getClass().getName().contains("Cancel")) {
                return "interrupted by " + state;
            }
            throw stopped;
        }
        throw new SQLException("The statement was not interrupted.", "HY000");
    }

    String cancel(String host) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Connection connection = DriverManager.getConnection(speech.url("", host));
                Statement statement = connection.createStatement()) {
            Thread canceller = new Thread(() -> cancelUntil(over, statement));
            canceller.start();
            try {
                return interrupted(statement);
            } finally {
                over.countDown();
                canceller.join();
            }
        }
    }

    /** More than once, since the first may come before the statement is under way. */
    private static void cancelUntil(CountDownLatch over, Statement statement) {
        try {
            while (!over.await(300, TimeUnit.MILLISECONDS)) {
                statement.cancel();
            }
        } catch (InterruptedException | SQLException failure) {
            System.out.println("cancel: " + failure);
        }
    }
}
