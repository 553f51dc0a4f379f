package com.example.pools;

import com.example.pools.odd.AgingDataSource;
import com.example.pools.odd.LifoDataSource;
import com.example.pools.odd.RevivingDataSource;
import com.example.pools.odd.VectorDataSource;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;

/** A pool of each kind as an application would set it up: a URL, a user, a size, and else its defaults. */
public final class Make {

    /** @return the data source; sized, and with no other setting than what it can't work without */
    public static DataSource pool(String kind, String url, int size) throws Exception {
        switch (kind) {
            case "hikari":
                return bean("com.zaxxer.hikari.HikariDataSource", "JdbcUrl", url, "MaximumPoolSize", size);
            case "tomcat":
                return bean(
                        "org.apache.tomcat.jdbc.pool.DataSource",
                        "Url",
                        url,
                        "DriverClassName",
                        driver(url),
                        "MaxActive",
                        size);
            case "dbcp1":
                return bean("org.apache.commons.dbcp.BasicDataSource", "Url", url, "MaxActive", size);
            case "dbcp2":
                return bean("org.apache.commons.dbcp2.BasicDataSource", "Url", url, "MaxTotal", size);
            case "tomcat-dbcp":
                return bean("org.apache.tomcat.dbcp.dbcp2.BasicDataSource", "Url", url, "MaxTotal", size);
            case "vector":
                return new VectorDataSource(url, size);
            case "lifo":
                return new LifoDataSource(url, size);
            case "reviving":
                return new RevivingDataSource(url, size);
            case "aging":
                return new AgingDataSource(url, size);
            case "c3p0":
                return bean("com.mchange.v2.c3p0.ComboPooledDataSource", "JdbcUrl", url, "MaxPoolSize", size);
            case "vibur":
                DataSource vibur = bean(
                        "org.vibur.dbcp.ViburDBCPDataSource",
                        "JdbcUrl",
                        url,
                        "Username",
                        "app",
                        "Password",
                        "",
                        "PoolMaxSize",
                        size);
                call(vibur, "start");
                return vibur;
            case "druid":
                return bean("com.alibaba.druid.pool.DruidDataSource", "Url", url, "MaxActive", size);
            case "dbcp2-xa":
                return bean(
                        "org.apache.commons.dbcp2.managed.BasicManagedDataSource",
                        "TransactionManager",
                        Jta.manager(),
                        "XaDataSourceInstance",
                        object("org.postgresql.xa.PGXADataSource", "Url", url),
                        "MaxTotal",
                        size);
            case "agroal":
            case "agroal-xa":
                return Agroal.pool(url, size, isManaged(kind));
            case "h2":
                return h2(url, size);
            case "pgjdbc":
                return bean("org.postgresql.ds.PGPoolingDataSource", "Url", url, "MaxConnections", size);
            case "ucp":
                return ucp(url, size);
            case "ironjacamar":
            case "ironjacamar-list":
            case "ironjacamar-xa":
                return Jca.pool(kind, url, size);
            default:
                throw new IllegalArgumentException(kind);
        }
    }

    private static String driver(String url) {
        if (url.startsWith("jdbc:p6spy:")) {
            return "com.p6spy.engine.spy.P6SpyDriver";
        }
        if (url.startsWith("jdbc:aws-wrapper:")) {
            return "software.amazon.jdbc.Driver";
        }
        return url.startsWith("jdbc:mysql:") ? "com.mysql.cj.jdbc.Driver" : "org.postgresql.Driver";
    }

    /** A pool as an application sees it that puts something in front of it: the name of a wrapper, or none. */
    public static DataSource wrapped(String wrapper, DataSource pool) throws Exception {
        switch (wrapper) {
            case "none":
                return pool;
            case "spring-delegating":
                return around("org.springframework.jdbc.datasource.DelegatingDataSource", pool);
            case "spring-lazy":
                return around("org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy", pool);
            case "p6spy":
                return around("com.p6spy.engine.spy.P6DataSource", pool);
            case "datasource-proxy":
                Object proxy = Class.forName("net.ttddyy.dsproxy.support.ProxyDataSource")
                        .getConstructor()
                        .newInstance();
                call(proxy, "setDataSource", pool);
                return (DataSource) proxy;
            default:
                throw new IllegalArgumentException(wrapper);
        }
    }

    private static DataSource around(String type, DataSource pool) throws Exception {
        return (DataSource) Class.forName(type).getConstructor(DataSource.class).newInstance(pool);
    }

    /** Has a pool close what it has, each connection when it is not in use, and make others. */
    public static void renew(String kind, DataSource pool) throws Exception {
        if (kind.equals("hikari")) {
            call(call(pool, "getHikariPoolMXBean"), "softEvictConnections");
        } else {
            call(pool, "purgeOnReturn");
        }
    }

    /** What the pool says of itself: active, idle, total; -1 for what it doesn't say. */
    public static Map<String, Integer> books(String kind, DataSource pool) throws Exception {
        switch (kind) {
            case "hikari":
                // 2.4 has no getHikariPoolMXBean.
                Object bean = field(pool, "pool");
                return books(
                        call(bean, "getActiveConnections"),
                        call(bean, "getIdleConnections"),
                        call(bean, "getTotalConnections"));
            case "tomcat":
                return books(call(pool, "getActive"), call(pool, "getIdle"), call(pool, "getSize"));
            case "dbcp1":
            case "dbcp2":
            case "tomcat-dbcp":
            case "dbcp2-xa":
                return books(call(pool, "getNumActive"), call(pool, "getNumIdle"), -1);
            case "c3p0":
                return books(
                        call(pool, "getNumBusyConnections"),
                        call(pool, "getNumIdleConnections"),
                        call(pool, "getNumConnections"));
            case "vibur":
                Object permits = call(pool, "getPool");
                return books(call(permits, "taken"), call(permits, "remainingCreated"), call(permits, "createdTotal"));
            case "druid":
                return books(call(pool, "getActiveCount"), call(pool, "getPoolingCount"), -1);
            case "agroal":
            case "agroal-xa":
                return Agroal.books(pool);
            case "h2":
                return books(
                        call(pool, "getActiveConnections"),
                        ((Collection<?>) field(pool, "recycledConnections")).size(),
                        -1);
            case "pgjdbc":
                return books(
                        ((Collection<?>) field(pool, "used")).size(),
                        ((Collection<?>) field(pool, "available")).size(),
                        -1);
            case "ucp":
                return books(call(pool, "getBorrowedConnectionsCount"), call(pool, "getAvailableConnectionsCount"), -1);
            case "ironjacamar":
            case "ironjacamar-list":
            case "ironjacamar-xa":
                return Jca.books(pool);
            default:
                return books(-1, -1, -1);
        }
    }

    /** Whether its connections take part in the transactions of a transaction manager. */
    static boolean isManaged(String kind) {
        return kind.endsWith("-xa") || kind.startsWith("ironjacamar");
    }

    private static DataSource ucp(String url, int size) throws Exception {
        DataSource pool = (DataSource) Class.forName("oracle.ucp.jdbc.PoolDataSourceFactory")
                .getMethod("getPoolDataSource")
                .invoke(null);
        call(pool, "setConnectionFactoryClassName", "org.postgresql.Driver");
        call(pool, "setURL", url);
        // It passes on what it has, and that goes before the URL's.
        call(pool, "setUser", "app");
        call(pool, "setMaxPoolSize", size);
        // Its 3 seconds are short for the first connect of a JVM on a busy machine.
        call(pool, "setConnectionWaitTimeout", 30);
        return pool;
    }

    /** Has no default of its own for what it pools: the driver's. */
    private static DataSource h2(String url, int size) throws Exception {
        Object source = object("org.postgresql.ds.PGConnectionPoolDataSource", "Url", url);
        DataSource pool = (DataSource) Class.forName("org.h2.jdbcx.JdbcConnectionPool")
                .getMethod("create", ConnectionPoolDataSource.class)
                .invoke(null, source);
        call(pool, "setMaxConnections", size);
        return pool;
    }

    static Map<String, Integer> books(Object active, Object idle, Object total) {
        Map<String, Integer> books = new LinkedHashMap<>();
        books.put("active", (Integer) active);
        books.put("idle", (Integer) idle);
        books.put("total", (Integer) total);
        return books;
    }

    private static DataSource bean(String type, Object... settings) throws Exception {
        return (DataSource) object(type, settings);
    }

    private static Object object(String type, Object... settings) throws Exception {
        Object bean = Class.forName(type).getConstructor().newInstance();
        for (int i = 0; i < settings.length; i += 2) {
            call(bean, "set" + settings[i], settings[i + 1]);
        }
        return bean;
    }

    static Object call(Object on, String name, Object... arguments) throws Exception {
        for (Method method : on.getClass().getMethods()) {
            if (method.getName().equals(name) && takes(method.getParameterTypes(), arguments)) {
                method.setAccessible(true);
                try {
                    return method.invoke(on, arguments);
                } catch (InvocationTargetException failure) {
                    if (failure.getCause() instanceof Error) {
                        throw (Error) failure.getCause();
                    }
                    throw (Exception) failure.getCause();
                }
            }
        }
        throw new NoSuchMethodException(on.getClass().getName() + "." + name);
    }

    static Object field(Object of, String name) throws Exception {
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(of);
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    private static boolean takes(Class<?>[] parameters, Object[] arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            boolean fits = parameters[i] == int.class && arguments[i] instanceof Integer
                    || parameters[i] == boolean.class && arguments[i] instanceof Boolean
                    || parameters[i] == long.class && arguments[i] instanceof Long
                    || !parameters[i].isPrimitive() && arguments[i] == null;
            if (!fits && !parameters[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private Make() {}
}
