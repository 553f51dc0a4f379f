package com.example.pools;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Scanner;
import javax.sql.DataSource;

/** Spring's SingleConnectionDataSource with close suppressed: borrows on every line of its standard input. */
public final class Single {

    public static void main(String[] arguments) throws Exception {
        DataSource single = (DataSource) Class.forName("org.springframework.jdbc.datasource.SingleConnectionDataSource")
                .getConstructor(String.class, boolean.class)
                .newInstance(arguments[0], true);
        Connection kept = borrow(single);
        System.out.println("ready");
        Scanner lines = new Scanner(System.in, "UTF-8");
        while (lines.hasNextLine() && !lines.nextLine().equals("stop")) {
            System.out.println("same " + (borrow(single) == kept));
        }
        System.exit(0);
    }

    private static Connection borrow(DataSource single) throws Exception {
        try (Connection connection = single.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            return connection;
        }
    }

    private Single() {}
}
