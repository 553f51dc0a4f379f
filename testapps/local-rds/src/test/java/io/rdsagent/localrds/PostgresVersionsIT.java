package io.rdsagent.localrds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresVersionsIT {

    @ParameterizedTest
    @ValueSource(strings = {"14", "15", "16", "17", "18"})
    void everyVersionLetsTokensInAndFailsOver(String version) throws IOException, SQLException {
        Servers.assumeAvailable(Engine.POSTGRES, version);
        try (LocalRds rds = LocalRds.builder().version(version).nodes(2).start()) {
            rds.node(2).promote();

            try (Connection connection = Client.logIn(rds, rds.node(2))) {
                assertThat(Client.column(connection, "SHOW server_version"))
                        .singleElement()
                        .asString()
                        .startsWith(version + ".");
                assertThat(Client.column(connection, "SELECT pg_is_in_recovery()"))
                        .containsExactly("f");
                assertThat(Client.column(connection, "SELECT server_id FROM aurora_replica_status()"))
                        .containsExactlyInAnyOrder("orders-1", "orders-2");
            }
        }
    }
}
