package com.example;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** What an application does with its pool, asked again and again: who is logged in there, in which session. */
public final class Pulse {

    private final DataSource pool;
    private final List<Connection> held = new ArrayList<Connection>();

    public Pulse(DataSource pool) {
        this.pool = pool;
    }

    public String beat() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_user, pg_backend_pid()")) {
            rows.next();
            return rows.getString(1) + " " + rows.getInt(2);
        }
    }

    /** Borrows a connection and never gives it back. */
    public void hold() throws SQLException {
        held.add(pool.getConnection());
    }

    /** Answers at {@code /app/pulse}, as the servlet does, for an application that is no servlet. */
    public void serve(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/app/pulse", exchange -> {
            int status = 200;
            byte[] body;
            try {
                body = beat().getBytes(StandardCharsets.UTF_8);
            } catch (SQLException failure) {
                status = 500;
                body = failure.toString().getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
