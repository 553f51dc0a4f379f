package com.example;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.HiveMetaStoreClient;
import org.apache.hadoop.hive.metastore.api.Database;

/** Makes databases in a Hive metastore, and says each time how many there are. */
public final class Warehouse {

    private static final int PAUSE_MILLIS = 200;

    /** Arguments: the metastore's URI, the folder for them, and how many. */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set("metastore.thrift.uris", arguments[0]);
        HiveMetaStoreClient metastore = new HiveMetaStoreClient(configuration);
        for (int i = 1; i <= Integer.parseInt(arguments[2]); i++) {
            String name = "parcels" + i;
            metastore.createDatabase(new Database(name, "", "file:" + arguments[1] + "/" + name, null));
            System.out.println("databases " + metastore.getAllDatabases().size());
            Thread.sleep(PAUSE_MILLIS);
        }
        metastore.close();
    }
}
