package com.example.pools;

/** Narayana's transactions. Its API has changed its package over the versions, so it is asked by name. */
final class Jta {

    static {
        for (String store : new String[] {"", "communicationStore.", "stateStore."}) {
            System.setProperty(
                    "ObjectStoreEnvironmentBean." + store + "objectStoreType",
                    "com.arjuna.ats.internal.arjuna.objectstore.VolatileStore");
            // It makes the directory all the same.
            System.setProperty("ObjectStoreEnvironmentBean." + store + "objectStoreDir", "target/narayana");
        }
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
        Make.call(Make.call(manager(), "getTransaction"), "enlistResource", new Participant());
    }

    static void commit() throws Exception {
        Make.call(manager(), "commit");
    }

    static void rollback() throws Exception {
        Make.call(manager(), "rollback");
    }

    private Jta() {}
}
