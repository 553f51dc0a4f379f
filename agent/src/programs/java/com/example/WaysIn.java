package com.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;

/**
 * Every way that an application may take to a connection and to another login on it. Takes the one that it is told on
 * standard input, and says how that went, until the input ends.
 */
public final class WaysIn {

    private final Speech speech;
    private final Map<String, String> hosts;
    private final Interruptions interruptions;
    private final SecondLogins logins;

    private WaysIn(Speech speech, Map<String, String> hosts) {
        this.speech = speech;
        this.hosts = hosts;
        this.interruptions = new Interruptions(speech);
        this.logins = new SecondLogins(speech, hosts.get("orders"));
    }

    /** Arguments: the drivers' family, then pairs of a role and the host and port that has it. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> hosts = new HashMap<String, String>();
        for (int i = 1; i < arguments.length; i += 2) {
            hosts.put(arguments[i], arguments[i + 1]);
        }
        WaysIn ways = new WaysIn(Speech.valueOf(arguments[0]), hosts);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String way = orders.readLine(); way != null; way = orders.readLine()) {
            System.out.println("way " + way + " " + ways.report(way));
            System.err.println("way " + way + " is over");
        }
        System.exit(0); // A driver's threads may not be daemons.
    }

    private String report(String way) {
        try {
            return "ok " + onOneLine(take(way));
        } catch (SQLException failure) {
            return failed(failure.getSQLState() + " " + failure.getMessage());
        } catch (InvocationTargetException failure) {
            return failed(String.valueOf(failure.getCause()));
        } catch (Exception failure) {
            return failed(String.valueOf(failure));
        } catch (LinkageError failure) {
            return failed(String.valueOf(failure));
        }
    }

    private static String failed(String why) {
        return "failed " + onOneLine(why);
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private String take(String way) throws Exception {
        switch (way) {
            case "DRIVER_MANAGER":
                return manager();
            case "DATA_SOURCE":
                return dataSource();
            case "CONNECTION_POOL_DATA_SOURCE":
                return pooled();
            case "XA_DATA_SOURCE":
                return branch();
            case "STATIC_CONNECT":
                return statically();
            case "LOGIN_TIMEOUT":
                return loginTimeout();
            case "FIRST_HOST_DEAD":
                return url("", hosts.get("dead") + "," + hosts.get("survivor"));
            case "LOADBALANCE":
                return speech.isPostgres() ? url("", both(), "loadBalanceHosts=true") : url("loadbalance:", both());
            case "REPLICATION":
                return replication();
            case "SEQUENTIAL":
                return url("sequential:", both());
            case "AUTO_RECONNECT":
                return logins.reconnect();
            case "QUERY_TIMEOUT":
                return interruptions.timeOut(hosts.get("balancer"));
            case "CANCEL":
                return interruptions.cancel(hosts.get("orders"));
            case "RESET_SERVER_STATE":
                return logins.again("resetServerState");
            case "CHANGE_USER":
                return logins.again("changeUser", "app", "");
            case "IPV6":
                return url("", hosts.get("ipv6"));
            case "CREDENTIALS_IN_URL":
                return credentials();
            case "SERVICE_FILE":
                return who(DriverManager.getConnection(speech.scheme + "///?service=orders"));
            case "DIALLED_ELSEWHERE":
                return url("", hosts.get("balancer"));
            case "UNKNOWN_AUTHORITY":
                return url("", hosts.get("stranger"));
            case "OTHER_NAME":
                return url("", hosts.get("renamed"));
            default:
                throw new IllegalArgumentException("no such way: " + way);
        }
    }

    private String both() {
        return hosts.get("orders") + "," + hosts.get("second");
    }

    private String url(String mode, String at, String... parameters) throws SQLException {
        return who(DriverManager.getConnection(speech.url(mode, at, parameters)));
    }

    /** Who is logged in, as the server says; closes the connection. */
    private String who(Connection connection) throws SQLException {
        try {
            return "as " + ask(connection, "SELECT " + speech.user);
        } finally {
            connection.close();
        }
    }

    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String manager() throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", "app");
        return who(
                DriverManager.getConnection(speech.url("", hosts.get("orders")).replaceFirst("user=app&?", ""), info));
    }

    private String dataSource() throws Exception {
        return who(((DataSource) speech.dataSource("DataSource", hosts.get("orders"))).getConnection());
    }

    private String pooled() throws Exception {
        PooledConnection pooled = ((ConnectionPoolDataSource)
                        speech.dataSource("ConnectionPoolDataSource", hosts.get("orders")))
                .getPooledConnection();
        try {
            return who(pooled.getConnection());
        } finally {
            pooled.close();
        }
    }

    private String branch() throws Exception {
        try {
            branch(true);
            return "in two phases";
        } catch (XAException notPrepared) {
            branch(false);
            return "in one phase, since the server prepares none: " + notPrepared.getCause();
        }
    }

    private void branch(boolean prepared) throws Exception {
        XAConnection xa = ((XADataSource) speech.dataSource("XADataSource", hosts.get("orders"))).getXAConnection();
        try {
            Branch.write(xa, prepared);
        } finally {
            xa.close();
        }
    }

    /** MariaDB's own, which is no {@code java.sql.Driver}'s. */
    private String statically() throws Exception {
        String url = speech.url("", hosts.get("orders"));
        try {
            Class<?> configuration = Class.forName("org.mariadb.jdbc.Configuration");
            return who((Connection) Class.forName("org.mariadb.jdbc.Driver")
                    .getMethod("connect", configuration)
                    .invoke(null, configuration.getMethod("parse", String.class).invoke(null, url)));
        } catch (ClassNotFoundException before3) {
            Class<?> parser = Class.forName("org.mariadb.jdbc.UrlParser");
            Class<?> state = Class.forName("org.mariadb.jdbc.internal.util.pool.GlobalStateInfo");
            return who((Connection) Class.forName("org.mariadb.jdbc.MariaDbConnection")
                    .getMethod("newConnection", parser, state)
                    .invoke(null, parser.getMethod("parse", String.class).invoke(null, url), null));
        }
    }

    private String loginTimeout() throws SQLException {
        DriverManager.setLoginTimeout(20);
        try {
            return url("", hosts.get("orders"));
        } finally {
            DriverManager.setLoginTimeout(0);
        }
    }

    /** To the writer and, read-only, to another. */
    private String replication() throws SQLException {
        if (speech.isPostgres()) {
            return url("", both(), "targetServerType=master");
        }
        try (Connection connection = DriverManager.getConnection(speech.url("replication:", both()))) {
            String writer = ask(connection, "SELECT " + speech.user);
            connection.setReadOnly(true);
            return "as " + writer + ", read-only as " + ask(connection, "SELECT " + speech.user);
        }
    }

    /** Wrong ones. */
    private String credentials() throws SQLException {
        return who(DriverManager.getConnection(speech.url("", hosts.get("secret"), "password=changeit")));
    }
}
