package com.example;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A pool in a JVM whose memory runs out for a while, and comes back. */
public final class Exhausts {

    private static final int SMALL = 64;

    public static void main(String[] arguments) throws Exception {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(arguments[0]);
        pool.setMaximumPoolSize(2);
        Pulse pulse = new Pulse(pool);
        System.out.println("session " + pulse.beat());
        exhaust(Long.parseLong(arguments[1]));
        System.out.println("recovered");
        while (System.in.available() == 0) {
            try {
                System.out.println("session " + pulse.beat());
            } catch (SQLException failure) {
                System.out.println("error " + failure);
            }
            Thread.sleep(50);
        }
        pool.close();
    }

    private static void exhaust(long millis) throws InterruptedException {
        List<byte[]> all = new ArrayList<byte[]>(1 << 20);
        long end = System.nanoTime() + millis * 1000000;
        int size = 1 << 20;
        while (System.nanoTime() < end) {
            try {
                all.add(new byte[size]);
            } catch (OutOfMemoryError full) {
                if (size == SMALL) {
                    Thread.sleep(1);
                }
                size = Math.max(SMALL, size / 2);
            }
        }
    }

    private Exhausts() {}
}
