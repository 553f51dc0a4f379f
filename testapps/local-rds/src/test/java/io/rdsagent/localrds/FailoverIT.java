package io.rdsagent.localrds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = {"INSTALLED", "BUNDLED"})
class FailoverIT {

    private static final String MASTER =
            "SELECT server_id FROM aurora_replica_status() WHERE session_id = 'MASTER_SESSION_ID'";

    @Parameter
    private Postgres postgres;

    private LocalRds rds;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                postgres == Postgres.BUNDLED || PostgresBinaries.installed("").isPresent(),
                "No PostgreSQL is installed");
        rds = LocalRds.builder().postgres(postgres).start();
    }

    @AfterEach
    void stop() {
        if (rds != null) {
            rds.close();
        }
    }

    @Test
    void standbysReplicateAndAreReadOnly() throws SQLException {
        try (Connection writer = Client.logIn(rds, rds.writer());
                Statement statement = writer.createStatement()) {
            statement.execute("CREATE TABLE parcel AS SELECT 7 AS id");
        }
        for (Node reader : rds.readers()) {
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(read(reader)).containsExactly("7"));
            assertThatThrownBy(() -> execute(reader, "INSERT INTO parcel VALUES (8)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
        }
    }

    private List<String> read(Node node) throws SQLException {
        try (Connection connection = Client.logIn(rds, node)) {
            return Client.column(connection, "SELECT id FROM parcel ORDER BY id");
        }
    }

    private void execute(Node node, String sql) throws SQLException {
        try (Connection connection = Client.logIn(rds, node);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void everyNodeKnowsItsNameAndTheWriterBeforeAndAfterAPromotion() throws Exception {
        assertEveryNodeNames("orders-1");

        rds.node(2).promote();

        assertThat(rds.writer()).isSameAs(rds.node(2));
        assertEveryNodeNames("orders-2");
        assertThat(Files.readAllLines(rds.hostsFile())).contains(rds.node(2).address() + " " + rds.clusterHost());
        execute(rds.node(2), "CREATE TABLE parcel AS SELECT 9 AS id");
        for (Node reader : rds.readers()) {
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(read(reader)).containsExactly("9"));
        }
    }

    private void assertEveryNodeNames(String writer) throws SQLException {
        for (Node node : rds.nodes()) {
            try (Connection connection = Client.logIn(rds, node)) {
                assertThat(Client.column(connection, MASTER)).containsExactly(writer);
                assertThat(Client.column(connection, "SELECT server_id FROM aurora_replica_status()"))
                        .containsExactlyInAnyOrder("orders-1", "orders-2", "orders-3");
                assertThat(Client.column(connection, "SELECT aurora_db_instance_identifier()"))
                        .containsExactly(node.name());
                assertThat(Client.column(connection, "SELECT pg_is_in_recovery()"))
                        .containsExactly(node.name().equals(writer) ? "f" : "t");
            }
        }
    }

    @Test
    void aKilledWriterIsReplacedAndComesBackAsAStandby() throws SQLException {
        Connection lost = Client.logIn(rds, rds.node(1));
        rds.node(1).kill();
        assertThatThrownBy(() -> Client.column(lost, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> Client.logIn(rds, rds.node(1)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));

        rds.node(3).promote();
        execute(rds.node(3), "CREATE TABLE parcel AS SELECT 3 AS id");
        rds.node(1).start();

        assertEveryNodeNames("orders-3");
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(read(rds.node(1))).containsExactly("3"));
    }

    @Test
    void aKilledWriterThatNobodyReplacedIsTheWriterAgain() throws SQLException {
        rds.writer().kill();
        rds.writer().start();

        execute(rds.node(1), "CREATE TABLE parcel AS SELECT 1 AS id");
        assertEveryNodeNames("orders-1");
    }

    @Test
    void aFrozenWriterThatWasReplacedIsAStandbyWhenItThaws() throws SQLException {
        rds.node(1).freeze();
        rds.node(2).promote();
        rds.node(1).thaw();

        assertEveryNodeNames("orders-2");
    }

    @Test
    void aFrozenNodeAnswersAgainAfterItThaws() throws SQLException {
        try (Connection connection = Client.logIn(rds, rds.node(2))) {
            rds.node(2).freeze();
            connection.setNetworkTimeout(Runnable::run, 300);
            assertThatThrownBy(() -> Client.column(connection, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        rds.node(2).thaw();

        try (Connection connection = Client.logIn(rds, rds.node(2))) {
            assertThat(Client.column(connection, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void aFrozenWriterThatIsReplacedStaysFrozenAndItsSessionsWait() throws SQLException {
        try (Connection connection = Client.logIn(rds, rds.node(1))) {
            rds.node(1).freeze();
            rds.node(2).promote();

            assertThat(rds.node(1).frozen()).isTrue();
            connection.setNetworkTimeout(Runnable::run, 300);
            assertThatThrownBy(() -> Client.column(connection, "SELECT 1")).hasRootCauseMessage("Read timed out");
        }
    }

    @Test
    void aNodeThatIsCutOffCannotBeDialledUntilItIsThawed() throws Exception {
        InetSocketAddress address =
                new InetSocketAddress(rds.node(2).address(), rds.node(2).port());
        rds.node(2).cutOff();
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(address, 300)).isInstanceOf(SocketTimeoutException.class);
        }
        rds.node(2).thaw();

        try (Connection connection = Client.logIn(rds, rds.node(2))) {
            assertThat(Client.column(connection, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void postgresqlCannotSwitchOverWithoutEndingSessions() {
        assertThatThrownBy(() -> rds.node(2).switchOver())
                .isInstanceOf(LocalRdsException.class)
                .hasMessageContaining("promote");
        assertThat(rds.writer()).isSameAs(rds.node(1));
    }

    @Test
    void aStandbyThatMissedAPromotionIsCopiedAfresh() throws SQLException {
        rds.node(3).stop();
        rds.node(2).promote();
        rds.node(3).start();

        assertEveryNodeNames("orders-2");
    }

    @Test
    void nothingIsLeftAfterClose() {
        List<ProcessHandle> servers = ProcessHandle.current().descendants().toList();
        assertThat(servers).isNotEmpty();
        rds.node(3).freeze();

        rds.close();

        Awaitility.await().untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
        assertThat(rds.hostsFile().getParent()).doesNotExist();
    }
}
