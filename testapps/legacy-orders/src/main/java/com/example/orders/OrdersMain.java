package com.example.orders;

import java.io.File;
import java.io.IOException;
import java.sql.SQLException;

/** Moves money between accounts and reports on it for a while: {@code java -jar legacy-orders.jar orders.properties}. */
public final class OrdersMain {

    private static final int FINE = 0;
    private static final int WRONG = 1;
    private static final int MISUSED = 2;

    private OrdersMain() {}

    /** Ends with 0 when the money adds up, 1 when it does not or the database cannot be reached, 2 on bad settings. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: java -jar legacy-orders.jar orders.properties");
            return MISUSED;
        }
        try {
            return run(Settings.read(new File(arguments[0]))) ? FINE : WRONG;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("The settings in " + arguments[0] + " cannot be used: " + e.getMessage());
            return MISUSED;
        } catch (SQLException e) {
            System.out.println("fatal state=" + e.getSQLState() + " message=" + Statistics.oneLine(e.getMessage()));
            return WRONG;
        }
    }

    private static boolean run(Settings settings) throws SQLException, InterruptedException {
        try (Pool orders = Pool.open("orders", settings.text("jdbcUrl"), settings);
                Pool reports = Pool.open("reports", settings.text("reportsJdbcUrl"), settings)) {
            return new Business(settings, orders, reports).run();
        }
    }
}
