package io.rdsagent.it.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Multi-AZ DB clusters tell their instances by other means than Aurora, and only to whom it was granted. */
class MultiAzIT {

    private static final String CONNECTOR_J = "mysql-connector-j-9.7.0";
    private static final String MARIADB = "mariadb-java-client-3.5.11";
    private static final String MYSQL_NODE = "SELECT @@report_host";

    @Test
    void postgresTellsByRdsToolsOnceItIsGranted() throws Exception {
        try (LocalRds rds = LocalRds.builder().nodes(2).multiAz().start()) {
            try (Idling application = new Idling(Idling.pool(rds, rds.clusterHost(), 1))) {
                application.awaitLog("its instances are not known", "GRANT USAGE ON SCHEMA rds_tools");
                assertThat(application.tell("connect")).isEqualTo("connected to orders-1");
            }
            rds.admin(rds.writer(), "GRANT USAGE ON SCHEMA rds_tools TO app");

            try (Idling application = new Idling(Idling.pool(rds, rds.clusterHost(), 2))) {
                assertMovesToTheNewWriter(rds, application);
            }
        }
    }

    @Test
    void mysqlTellsByItsTableOfTheTopologyAndAReadOnlyErrorReplacesTheConnection() throws Exception {
        try (LocalRds rds = LocalRds.builder().engine(Engine.MYSQL).nodes(2).start()) {
            rds.admin(rds.writer(), "CREATE TABLE parcel (id INT)");
            for (String driver : drivers()) {
                try (Idling application = new Idling(mysql(rds, driver).set("discover", "none"))) {
                    rds.admin(rds.writer(), "SET GLOBAL read_only = ON");
                    assertThat(application.tell("write"))
                            .startsWith("not written HY000")
                            .contains("--read-only");
                    application.awaitLog("was retired, reason role lost");
                    rds.admin(rds.writer(), "SET GLOBAL read_only = OFF");
                }
            }
            try (Idling application = new Idling(mysql(rds, CONNECTOR_J))) {
                assertMovesToTheNewWriter(rds, application);
                assertThat(application.tell("write")).isEqualTo("wrote");
            }
            rds.admin(rds.writer(), "REVOKE SELECT ON mysql.rds_topology FROM app");
            try (Idling application = new Idling(mysql(rds, MARIADB))) {
                application.awaitLog("its instances are not known", "GRANT SELECT ON mysql.rds_topology");
            }
        }
    }

    private static void assertMovesToTheNewWriter(LocalRds rds, Idling application) throws Exception {
        Node old = rds.writer();
        Node next = rds.readers().get(0);
        application.awaitLog("its instances are known", old.host() + ":" + rds.port() + " (writer)", next.host());

        next.promote();

        application.awaitLog(next.host() + ":" + rds.port() + " is the writer now");
        assertThat(application.tell("where")).as(application.all()).isEqualTo("where {" + next.name() + "=2}");
    }

    private static List<String> drivers() {
        return "all".equals(System.getProperty("matrix"))
                ? List.of(CONNECTOR_J, MARIADB, "mysql-connector-java-5.1.49", "mariadb-java-client-2.7.12")
                : List.of(CONNECTOR_J, MARIADB);
    }

    private static ForkedJvm.Builder mysql(LocalRds rds, String driver) {
        String scheme = driver.startsWith("mysql") ? "jdbc:mysql:" : "jdbc:mariadb:";
        return Idling.pool(
                        rds, scheme + "//" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app", 2, MYSQL_NODE)
                .library(driver);
    }
}
