package com.example.pools;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A full pool of which nobody borrows, and which looks at its idle connections each second. Arguments: kind, url, size. */
public final class IdlePool {

    public static void main(String[] arguments) throws Exception {
        String kind = arguments[0];
        int size = Integer.parseInt(arguments[2]);
        DataSource pool = Make.pool(kind, arguments[1], size);
        look(kind, pool, size);
        List<Connection> borrowed = new ArrayList<Connection>();
        for (int i = 0; i < size; i++) {
            borrowed.add(pool.getConnection());
        }
        for (Connection connection : borrowed) {
            connection.close();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Until it ends.
        }
    }

    private static void look(String kind, DataSource pool, int size) throws Exception {
        if (kind.equals("c3p0")) {
            Make.call(pool, "setMinPoolSize", size);
            Make.call(pool, "setIdleConnectionTestPeriod", 1);
            return;
        }
        Make.call(pool, "setMinIdle", size);
        Make.call(pool, "setTestWhileIdle", true);
        if (kind.equals("tomcat")) {
            Make.call(pool, "setTimeBetweenEvictionRunsMillis", 1000);
        } else {
            Make.call(pool, "setTimeBetweenEvictionRunsMillis", 1000L);
            Make.call(pool, "setNumTestsPerEvictionRun", size);
        }
    }

    private IdlePool() {}
}
