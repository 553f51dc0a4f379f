package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that speaks no TLS gets no token from any driver, whatever the URL allows. */
class PlainTextIT {

    @ParameterizedTest
    @CsvSource({
        "POSTGRES, jdbc:postgresql:, sslmode=prefer, Connects, postgresql-9.4.1212 postgresql-42.2.0 postgresql-42.2.5"
                + " postgresql-42.2.29 postgresql-42.5.6 postgresql-42.7.14",
        "MYSQL, jdbc:mysql:, useSSL=false, MysqlConnects, mysql-connector-java-5.1.49",
        "MYSQL, jdbc:mysql:, sslMode=PREFERRED, MysqlConnects, mysql-connector-java-8.0.13 mysql-connector-j-8.0.33"
                + " mysql-connector-j-8.4.0 mysql-connector-j-9.7.0 mysql-connector-j-26.10.0",
        "MARIADB, jdbc:mariadb:, sslMode=disable, MysqlConnects, mariadb-java-client-3.0.10 mariadb-java-client-3.5.11"
                + " mariadb-java-client-4.0.0",
    })
    void noTokenLeavesWithoutTls(Engine engine, String scheme, String weak, String program, String drivers)
            throws Exception {
        try (LocalRds rds =
                LocalRds.builder().engine(engine).nodes(1).tls(false).start()) {
            for (String driver : drivers.split(" ")) {
                String url = scheme + "//" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app&" + weak;
                ForkedJvm jvm = ForkedJvm.of("com.example." + program, url, "1")
                        .library(driver)
                        .on(rds)
                        .run();

                assertThat(jvm.out("failed 08")).as(driver + jvm.all()).hasSize(1);
            }
            assertThat(rds.log().logins()).isEmpty();
        }
    }
}
