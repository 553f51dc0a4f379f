package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each version of MariaDB Connector/J against each server that it is used with. */
class MariaDbServersIT {

    @ParameterizedTest
    @CsvSource({"MYSQL, 8.0", "MARIADB, 10.11", "MARIADB, 11.4"})
    void everyVersionLogsInAndKillsAQueryWithTokens(Engine engine, String version) throws Exception {
        try (LocalRds rds =
                LocalRds.builder().engine(engine).version(version).nodes(1).start()) {
            for (String driver : MariaDbIT.versions()) {
                rds.log().clear();
                String url = "jdbc:mariadb://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app";
                ForkedJvm jvm = ForkedJvm.of("com.example.MysqlConnects", url, "cancel")
                        .library("mariadb-java-client-" + driver)
                        .on(rds)
                        .run();

                assertThat(jvm.out("connected app")).as(driver + jvm.all()).hasSize(1);
                assertThat(jvm.out("cancelled")).as(driver + jvm.all()).hasSize(1);
                assertThat(rds.log().logins())
                        .as(driver + jvm.all())
                        .hasSizeGreaterThan(1)
                        .extracting(Login::verdict)
                        .containsOnly(Verdict.ACCEPTED);
            }
        }
    }
}
