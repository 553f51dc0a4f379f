package io.rdsagent.bench.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;

/** Connects, reads one row, ends. With the argument {@code footprint} it then says what the kernel knows of it. */
public final class FirstRow {

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = new Database().connect()) {
            if (Database.selectOne(connection) != 1) {
                throw new IllegalStateException("SELECT 1 did not give 1");
            }
            if (arguments.length > 0) {
                // VmRSS in kB and Threads, as in proc(5).
                System.out.print(Files.readString(Path.of("/proc/self/status")));
                System.out.println("JavaThreads: " + Thread.getAllStackTraces().size());
            }
        }
    }

    private FirstRow() {}
}
