package com.example.pools;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import javax.sql.DataSource;

/** A pool that is used only when a line on standard input says so: fill N, borrow N, stop. */
public final class Borrows {

    private final DataSource pool;
    private final String whoAmI;
    private final Map<String, Integer> servers = new TreeMap<String, Integer>();
    private int errors;

    private Borrows(DataSource pool, String whoAmI) {
        this.pool = pool;
        this.whoAmI = whoAmI;
    }

    /** Arguments: kind of pool, url, size. */
    public static void main(String[] arguments) throws Exception {
        String whoAmI = arguments[1].startsWith("jdbc:postgresql:")
                ? "SELECT current_setting('cluster_name')"
                : "SELECT CONCAT('orders-', @@server_id)";
        DataSource pool = Make.pool(arguments[0], arguments[1], Integer.parseInt(arguments[2]));
        Scanner lines = new Scanner(System.in, "UTF-8");
        System.out.println("ready");
        while (lines.hasNextLine()) {
            String[] line = lines.nextLine().split(" ");
            if (line[0].equals("stop")) {
                break;
            }
            new Borrows(pool, whoAmI).obey(line[0], Integer.parseInt(line[1]));
        }
        System.exit(0);
    }

    private void obey(String order, int count) {
        List<Connection> held = new ArrayList<Connection>();
        for (int i = 0; i < count; i++) {
            borrow(held, order.equals("fill"));
        }
        close(held);
        System.out.println(order + "ed " + count + " errors " + errors + " on " + servers);
    }

    private void borrow(List<Connection> held, boolean isKept) {
        try {
            Connection connection = pool.getConnection();
            held.add(connection);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(whoAmI)) {
                rows.next();
                Integer before = servers.get(rows.getString(1));
                servers.put(rows.getString(1), before == null ? 1 : before + 1);
            }
        } catch (SQLException failure) {
            errors++;
            System.out.println("error " + failure.getSQLState() + " " + failure.getMessage());
        }
        if (!isKept) {
            close(held);
        }
    }

    private static void close(List<Connection> held) {
        for (Connection connection : held) {
            try {
                connection.close();
            } catch (SQLException failure) {
                System.out.println("error at close " + failure.getMessage());
            }
        }
        held.clear();
    }
}
