package com.example;

import com.zaxxer.hikari.HikariDataSource;

/** A small service with a pool, which answers with the pulse. Arguments: url, port. */
public final class Serves {

    public static void main(String[] arguments) throws Exception {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(arguments[0]);
        pool.setMaximumPoolSize(2);
        new Pulse(pool).serve(Integer.parseInt(arguments[1]));
    }

    private Serves() {}
}
