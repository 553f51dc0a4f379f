package com.example.pools;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Narayana's transactions. Its API has changed its package over the versions, so it is asked by name. */
final class Jta {

    static {
        System.setProperty(
                "ObjectStoreEnvironmentBean.objectStoreType",
                "com.arjuna.ats.internal.arjuna.objectstore.VolatileStore");
    }

    /** The package of the API. */
    static String api() throws Exception {
        return manager().getClass().getInterfaces()[0].getName().replaceFirst("TransactionManager$", "");
    }

    static Object manager() throws Exception {
        return Class.forName("com.arjuna.ats.jta.TransactionManager")
                .getMethod("transactionManager")
                .invoke(null);
    }

    static Object registry() throws Exception {
        return Class.forName(
                        "com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple")
                .getConstructor()
                .newInstance();
    }

    /** With a second participant, so that the first is prepared before it is committed. */
    static void begin() throws Exception {
        Make.call(manager(), "begin");
        Make.call(Make.call(manager(), "getTransaction"), "enlistResource", other());
    }

    static void commit() throws Exception {
        Make.call(manager(), "commit");
    }

    static void rollback() throws Exception {
        Make.call(manager(), "rollback");
    }

    private static XAResource other() {
        InvocationHandler agreesToAll = (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "prepare":
                    return XAResource.XA_OK;
                case "recover":
                    return new Xid[0];
                case "isSameRM":
                case "equals":
                    return proxy == arguments[0];
                case "hashCode":
                    return System.identityHashCode(proxy);
                case "toString":
                    return "another participant";
                case "getTransactionTimeout":
                    return 0;
                case "setTransactionTimeout":
                    return false;
                default:
                    return null;
            }
        };
        return (XAResource)
                Proxy.newProxyInstance(Jta.class.getClassLoader(), new Class<?>[] {XAResource.class}, agreesToAll);
    }

    private Jta() {}
}
