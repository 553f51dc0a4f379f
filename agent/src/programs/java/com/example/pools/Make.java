package com.example.pools;

import com.example.pools.odd.AgingDataSource;
import com.example.pools.odd.LifoDataSource;
import com.example.pools.odd.RevivingDataSource;
import com.example.pools.odd.VectorDataSource;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
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
                        "org.postgresql.Driver",
                        "MaxActive",
                        size);
            case "dbcp1":
                return bean("org.apache.commons.dbcp.BasicDataSource", "Url", url, "MaxActive", size);
            case "dbcp2":
                return bean("org.apache.commons.dbcp2.BasicDataSource", "Url", url, "MaxTotal", size);
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
            default:
                throw new IllegalArgumentException(kind);
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
            default:
                return books(-1, -1, -1);
        }
    }

    private static Map<String, Integer> books(Object active, Object idle, Object total) {
        Map<String, Integer> books = new LinkedHashMap<>();
        books.put("active", (Integer) active);
        books.put("idle", (Integer) idle);
        books.put("total", (Integer) total);
        return books;
    }

    private static DataSource bean(String type, Object... settings) throws Exception {
        Object bean = Class.forName(type).getConstructor().newInstance();
        for (int i = 0; i < settings.length; i += 2) {
            call(bean, "set" + settings[i], settings[i + 1]);
        }
        return (DataSource) bean;
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
            boolean number = parameters[i] == int.class && arguments[i] instanceof Integer;
            if (!number && !parameters[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private Make() {}
}
