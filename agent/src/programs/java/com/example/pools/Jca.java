package com.example.pools;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** IronJacamar's pool as an application server puts it together: connection manager, pool, managed connections. */
final class Jca {

    private static final String CORE = "org.jboss.jca.core.connectionmanager.";

    private static final String DEQUE = "pool.mcp.SemaphoreConcurrentLinkedDequeManagedConnectionPool";
    private static final String LIST = "pool.mcp.SemaphoreArrayListManagedConnectionPool";

    /** @return a data source whose connections take part in the transactions of {@link Jta} */
    static DataSource pool(String kind, String url, int size) throws Exception {
        boolean xa = kind.endsWith("-xa");
        Object factory = xa ? xaFactory(url) : localFactory(url);
        Make.call(factory, "setResourceAdapter", instance("org.jboss.jca.adapters.jdbc.JDBCResourceAdapter"));
        Object configuration = instance("org.jboss.jca.core.api.connectionmanager.pool.PoolConfiguration");
        Make.call(configuration, "setMaxSize", size);
        Object pool = Make.call(
                instance(CORE + "pool.api.PoolFactory"),
                "create",
                constant(CORE + "pool.api.PoolStrategy", "ONE_POOL"),
                factory,
                configuration,
                false,
                true,
                CORE + (kind.endsWith("-list") ? LIST : DEQUE));
        Make.call(pool, "setName", "orders");
        return (DataSource) Make.call(factory, "createConnectionFactory", connections(pool, xa));
    }

    static Map<String, Integer> books(DataSource pool) throws Exception {
        Object manager = Make.field(pool, "cm");
        Object statistics = Make.call(Make.call(manager, "getPool"), "getInternalStatistics");
        int total = (Integer) Make.call(statistics, "getActiveCount");
        int active = (Integer) Make.call(statistics, "getInUseCount");
        return Make.books(active, total - active, total);
    }

    private static Object localFactory(String url) throws Exception {
        Object factory = instance("org.jboss.jca.adapters.jdbc.local.LocalManagedConnectionFactory");
        Make.call(factory, "setDriverClass", "org.postgresql.Driver");
        Make.call(factory, "setConnectionURL", url);
        return factory;
    }

    private static Object xaFactory(String url) throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put("URL", url);
        Object factory = Class.forName("org.jboss.jca.adapters.jdbc.xa.XAManagedConnectionFactory")
                .getConstructor(Map.class)
                .newInstance(properties);
        Make.call(factory, "setXADataSourceClass", "org.postgresql.xa.PGXADataSource");
        return factory;
    }

    private static Object connections(Object pool, boolean xa) throws Exception {
        Object factory = instance(CORE + "ConnectionManagerFactory");
        Object integration = integration();
        Object level = constant(
                Jta.api().replace(".transaction.", ".resource.") + "spi.TransactionSupport$TransactionSupportLevel",
                xa ? "XATransaction" : "LocalTransaction");
        for (Method method : factory.getClass().getMethods()) {
            if (method.getName().equals("createTransactional")) {
                Object[] arguments = new Object[method.getParameterCount()];
                Class<?>[] types = method.getParameterTypes();
                arguments[0] = level;
                arguments[1] = pool;
                for (int i = 2; i < types.length; i++) {
                    arguments[i] = argument(types[i], integration);
                }
                // Sharable and enlistment, as a server has them.
                arguments[6] = true;
                arguments[7] = true;
                return method.invoke(factory, arguments);
            }
        }
        throw new NoSuchMethodException("createTransactional");
    }

    private static Object argument(Class<?> type, Object integration) throws Exception {
        if (type == boolean.class) {
            return false;
        }
        if (type.isInstance(integration)) {
            return integration;
        }
        return type.getSimpleName().equals("FlushStrategy")
                ? constant(type.getName(), "FAILING_CONNECTION_ONLY")
                : null;
    }

    private static Object integration() throws Exception {
        Object none = null;
        return Class.forName("org.jboss.jca.core.tx.jbossts.TransactionIntegrationImpl")
                .getConstructors()[0]
                .newInstance(Jta.manager(), Jta.registry(), none, none, none);
    }

    private static Object instance(String type) throws Exception {
        return Class.forName(type).getConstructor().newInstance();
    }

    private static Object constant(String type, String name) throws Exception {
        return Class.forName(type).getField(name).get(null);
    }

    private Jca() {}
}
