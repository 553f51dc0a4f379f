package io.rdsagent.bench.program;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;

/** Connects and closes, again and again; prints nanoseconds of this process's CPU, and of time, for each. */
public final class Connects {

    public static void main(String[] arguments) throws Exception {
        Database database = new Database();
        repeat(database, Integer.parseInt(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long time = System.nanoTime();
        repeat(database, count);
        long cpuEach = (system.getProcessCpuTime() - cpu) / count;
        System.out.println(cpuEach + " " + (System.nanoTime() - time) / count);
    }

    private static void repeat(Database database, int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            try (Connection connection = database.connect()) {
                if (connection.isClosed()) {
                    throw new IllegalStateException("A connection that was closed before it was used");
                }
            }
        }
    }

    private Connects() {}
}
