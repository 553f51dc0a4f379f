package com.example;

import java.sql.SQLException;

/** What a family of drivers wants to be told differently from the others. */
enum Speech {
    PGJDBC("jdbc:postgresql:", "pg_sleep(15)", "current_user", "org.postgresql."),
    CONNECTOR_J("jdbc:mysql:", "SLEEP(15)", "CURRENT_USER()", ""),
    MARIADB("jdbc:mariadb:", "SLEEP(15)", "CURRENT_USER()", "org.mariadb.jdbc."),
    WRAPPED_PGJDBC("jdbc:aws-wrapper:postgresql:", "pg_sleep(15)", "current_user", ""),
    WRAPPED_CONNECTOR_J("jdbc:aws-wrapper:mysql:", "SLEEP(15)", "CURRENT_USER()", "");

    final String scheme;
    final String sleep;
    final String user;
    private final String classes;

    Speech(String scheme, String sleep, String user, String classes) {
        this.scheme = scheme;
        this.sleep = sleep;
        this.user = user;
        this.classes = classes;
    }

    /** @param mode as in {@code loadbalance:}, or nothing; PostgreSQL's driver says by parameters what others say by a mode */
    String url(String mode, String hosts, String... parameters) {
        StringBuilder url = new StringBuilder();
        url.append(scheme).append(mode).append("//").append(hosts).append("/orders?user=app");
        if (isWrapped()) {
            url.append("&wrapperPlugins=");
        }
        for (String parameter : parameters) {
            url.append('&').append(parameter);
        }
        return url.toString();
    }

    boolean isPostgres() {
        return this == PGJDBC || this == WRAPPED_PGJDBC;
    }

    boolean isWrapped() {
        return this == WRAPPED_PGJDBC || this == WRAPPED_CONNECTOR_J;
    }

    /** The data source of a kind: DataSource, ConnectionPoolDataSource, XADataSource. */
    Object dataSource(String kind, String host) throws ReflectiveOperationException, SQLException {
        switch (this) {
            case PGJDBC:
                return bean(
                        kind.equals("DataSource")
                                ? classes + "ds.PGSimpleDataSource"
                                : classes + (kind.startsWith("XA") ? "xa.PG" : "ds.PG") + kind,
                        host);
            case CONNECTOR_J:
                return bean(connectorJ("jdbc.Mysql" + kind, "jdbc.jdbc2.optional.Mysql" + kind), host);
            case MARIADB:
                return byUrl(classes + "MariaDbDataSource", "setUrl", url("", host));
            default:
                return byUrl("software.amazon.jdbc.ds.AwsWrapperDataSource", "setJdbcUrl", url("", host));
        }
    }

    /** Of Connector/J's two houses the one that is there. */
    private static String connectorJ(String since8, String until5) {
        try {
            return Class.forName("com.mysql.cj." + since8).getName();
        } catch (ClassNotFoundException older) {
            return "com.mysql." + until5;
        }
    }

    private static Object bean(String type, String host) throws ReflectiveOperationException {
        int colon = host.lastIndexOf(':');
        Object source = Class.forName(type).getConstructor().newInstance();
        set(source, "setServerName", String.class, host.substring(0, colon));
        set(source, "setPortNumber", int.class, Integer.valueOf(host.substring(colon + 1)));
        set(source, "setDatabaseName", String.class, "orders");
        set(source, "setUser", String.class, "app");
        return source;
    }

    private static Object byUrl(String type, String setter, String url) throws ReflectiveOperationException {
        Object source = Class.forName(type).getConstructor().newInstance();
        set(source, setter, String.class, url);
        return source;
    }

    private static void set(Object source, String setter, Class<?> type, Object value)
            throws ReflectiveOperationException {
        source.getClass().getMethod(setter, type).invoke(source, value);
    }
}
