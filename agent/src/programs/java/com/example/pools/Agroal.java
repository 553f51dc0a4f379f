package com.example.pools;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Agroal, by itself or with XA and a transaction manager, as Quarkus has it. */
final class Agroal {

    static DataSource pool(String url, int size, boolean xa) throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put("jdbcUrl", url);
        properties.put("maxSize", String.valueOf(size));
        // Without, it says nothing of itself.
        properties.put("metricsEnabled", "true");
        if (xa) {
            properties.put("providerClassName", "org.postgresql.xa.PGXADataSource");
        }
        Object configuration = Make.call(reader(properties), "modify");
        if (xa) {
            Object integration = integration();
            Function<Object, Object> managed = pool -> set(pool, "transactionIntegration", integration);
            configuration = Make.call(configuration, "connectionPoolConfiguration", managed);
        }
        Class<?> type = Class.forName("io.agroal.api.AgroalDataSource");
        Class<?> listeners = Class.forName("[Lio.agroal.api.AgroalDataSourceListener;");
        return (DataSource) type.getMethod("from", Supplier.class, listeners)
                .invoke(null, configuration, java.lang.reflect.Array.newInstance(listeners.getComponentType(), 0));
    }

    static Map<String, Integer> books(DataSource pool) throws Exception {
        Object metrics = Make.call(pool, "getMetrics");
        Object active = ((Long) Make.call(metrics, "activeCount")).intValue();
        Object idle = ((Long) Make.call(metrics, "availableCount")).intValue();
        return Make.books(active, idle, -1);
    }

    private static Object reader(Map<String, String> properties) throws Exception {
        Object reader = Class.forName("io.agroal.api.configuration.supplier.AgroalPropertiesReader")
                .getConstructor()
                .newInstance();
        return Make.call(reader, "readProperties", properties);
    }

    private static Object integration() throws Exception {
        return Class.forName("io.agroal.narayana.NarayanaTransactionIntegration")
                .getConstructor(
                        Class.forName(Jta.api() + "TransactionManager"),
                        Class.forName(Jta.api() + "TransactionSynchronizationRegistry"))
                .newInstance(Jta.manager(), Jta.registry());
    }

    private static Object set(Object on, String name, Object value) {
        try {
            return Make.call(on, name, value);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Agroal() {}
}
