package io.rdsagent.it.failover;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import java.util.List;

/**
 * What stands between the pool and the driver.
 *
 * @param name for the table
 * @param plugins of the AWS wrapper; null for the agent
 * @param settings of theirs, as in {@code &a=b}
 */
record Side(String name, String plugins, String settings) {

    static final Side AGENT = new Side("agent", null, "");

    private static final String VERSION = System.getProperty("aws-wrapper.version");

    /** Each with its own IAM plug-in, and with that of its default plug-ins, failover2 alone, and a keen efm2. */
    static final List<Side> PEERS = List.of(
            new Side("AWS wrapper, default", "initialConnection,auroraConnectionTracker,failover2,efm2", ""),
            new Side("AWS wrapper, failover2", "failover2", ""),
            new Side(
                    "AWS wrapper, efm2 aggressive",
                    "initialConnection,auroraConnectionTracker,failover2,efm2",
                    "&failureDetectionTime=3000&failureDetectionInterval=1000&failureDetectionCount=3"
                            + "&monitoring-connectTimeout=3000&monitoring-socketTimeout=3000"));

    boolean isAgent() {
        return plugins == null;
    }

    String url(LocalRds rds, String host) {
        String product = rds.engine() == Engine.POSTGRES ? "postgresql" : "mysql";
        String rest = "//" + host + ":" + rds.port() + "/orders?user=app";
        if (isAgent()) {
            return "jdbc:" + product + ":" + rest;
        }
        String tls = rds.engine() == Engine.POSTGRES
                ? "&sslmode=verify-full&sslrootcert=" + rds.caFile()
                : "&sslMode=REQUIRED";
        return "jdbc:aws-wrapper:" + product + ":" + rest + "&wrapperPlugins=iam," + plugins + "&iamRegion="
                + rds.region() + "&iamDefaultPort=" + rds.port() + tls + settings;
    }

    ForkedJvm.Builder equip(ForkedJvm.Builder program, LocalRds rds) {
        program.on(rds);
        if (rds.engine() == Engine.POSTGRES) {
            program.pgjdbc(ForkedJvm.NEWEST_PGJDBC);
        } else {
            program.library("mysql-connector-j-9.7.0");
        }
        return isAgent()
                ? program
                : program.withoutAgent()
                        .library("aws-advanced-jdbc-wrapper-" + VERSION)
                        .withTestLibraries();
    }
}
