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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Each test finds both nodes running and leaves them so, whichever is the writer. */
@ParameterizedClass
@CsvSource({"MYSQL, CONNECTOR_J, 8.0", "MARIADB, MARIADB, 10.11", "MARIADB, MARIADB, 11.4"})
class MysqlFailoverIT {

    private static LocalRds rds;

    @Parameter(0)
    private Engine engine;

    @Parameter(1)
    private MysqlClient client;

    @Parameter(2)
    private String version;

    @BeforeParameterizedClassInvocation
    static void start(Engine engine, MysqlClient driver, String version) throws IOException {
        Servers.assumeAvailable(engine, version);
        rds = LocalRds.builder().engine(engine).version(version).nodes(2).start();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (rds != null) {
            rds.close();
            rds = null;
        }
    }

    @BeforeEach
    void everythingRuns() {
        rds.nodes().forEach(Node::thaw);
    }

    @Test
    void aStandbyReplicatesAndIsReadOnly() throws SQLException {
        execute(rds.writer(), "CREATE TABLE parcel (id INT PRIMARY KEY)");
        execute(rds.writer(), "INSERT INTO parcel VALUES (7)");

        assertReplicated("parcel", "7");
        assertThat(read(reader(), "SELECT @@read_only")).containsExactly("1");
        assertThat(read(rds.writer(), "SELECT @@read_only")).containsExactly("0");
        assertThatThrownBy(() -> execute(reader(), "INSERT INTO parcel VALUES (8)"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1290));
    }

    @Test
    void aPromotedStandbyWritesAndTheOldWriterFollowsIt() throws Exception {
        Node old = rds.writer();
        Node next = reader();

        next.promote();

        assertThat(rds.writer()).isSameAs(next);
        assertThat(Files.readAllLines(rds.hostsFile())).contains(next.address() + " " + rds.clusterHost());
        execute(next, "CREATE TABLE crate AS SELECT 9 AS id");
        assertReplicated("crate", "9");
        assertThat(reader()).isSameAs(old);
        assertThat(read(old, "SELECT @@read_only")).containsExactly("1");
    }

    @Test
    void aSwitchOverLeavesTheOldWritersSessionsOpenAndReadOnly() throws Exception {
        Node old = rds.writer();
        Node next = reader();
        try (Connection session = client.logIn(rds, old);
                Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE drum AS SELECT 1 AS id");
            next.switchOver();

            assertThat(Client.column(session, "SELECT id FROM drum")).containsExactly("1");
            assertThatThrownBy(() -> statement.execute("INSERT INTO drum VALUES (2)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1290));
            execute(next, "INSERT INTO drum VALUES (3)");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(Client.column(session, "SELECT id FROM drum ORDER BY id"))
                            .containsExactly("1", "3"));
        }
        assertThat(rds.writer()).isSameAs(next);
        assertThat(Files.readAllLines(rds.hostsFile())).contains(next.address() + " " + rds.clusterHost());
    }

    @Test
    void aSwitchOverGetsByTransactionsThatWaitForEachOther() throws Exception {
        Node old = rds.writer();
        Node next = reader();
        execute(old, "CREATE TABLE cask (id INT PRIMARY KEY, litres INT)");
        execute(old, "INSERT INTO cask VALUES (1, 5), (2, 5)");
        try (Connection first = client.logIn(rds, old);
                Connection second = client.logIn(rds, old);
                Statement one = first.createStatement();
                Statement other = second.createStatement()) {
            first.setAutoCommit(false);
            one.execute("UPDATE cask SET litres = 4 WHERE id = 1");
            CompletableFuture<Boolean> waits = CompletableFuture.supplyAsync(() -> {
                try {
                    return other.execute("UPDATE cask SET litres = 3 WHERE id = 1");
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            awaitCount(old, "information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'");
            CompletableFuture<Void> switched = CompletableFuture.runAsync(next::switchOver);
            awaitCount(old, "information_schema.processlist WHERE info LIKE 'SET GLOBAL%read_only%'");

            one.execute("UPDATE cask SET litres = 6 WHERE id = 2");
            first.commit();

            waits.get();
            switched.get();
        }
        assertReplicated("cask", "1", "2");
        assertThat(read(next, "SELECT litres FROM cask ORDER BY id")).containsExactly("3", "6");
    }

    private static void awaitCount(Node node, String what) {
        Awaitility.await().until(() -> !rds.admin(node, "SELECT 1 FROM " + what).isEmpty());
    }

    @Test
    void aNodeThatIsCutOffCannotBeDialledUntilItIsThawed() throws Exception {
        Node reader = reader();
        reader.cutOff();
        try (Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(reader.address(), reader.port());
            assertThatThrownBy(() -> socket.connect(address, 300)).isInstanceOf(SocketTimeoutException.class);
        }
        reader.thaw();

        assertThat(read(reader, "SELECT @@report_host")).containsExactly(reader.name());
    }

    @Test
    void aKilledWriterIsReplacedAndComesBackAsAStandby() throws SQLException {
        Node old = rds.writer();
        Node next = reader();
        execute(old, "CREATE TABLE pallet AS SELECT 1 AS id");
        assertReplicated("pallet", "1");
        try (Connection lost = client.logIn(rds, old)) {
            old.kill();
            assertThatThrownBy(() -> Client.column(lost, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> client.logIn(rds, old))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));

        next.promote();
        execute(next, "CREATE TABLE sack AS SELECT 3 AS id");
        old.start();

        assertReplicated("sack", "3");
        assertReplicated("pallet", "1");
    }

    @Test
    void aKilledStandbyCatchesUp() throws SQLException {
        reader().kill();
        execute(rds.writer(), "CREATE TABLE barrel AS SELECT 4 AS id");

        reader().start();

        assertReplicated("barrel", "4");
    }

    @Test
    void aKilledWriterThatNobodyReplacedIsTheWriterAgain() throws SQLException {
        Node writer = rds.writer();
        execute(writer, "CREATE TABLE box AS SELECT 1 AS id");
        writer.kill();
        writer.start();

        execute(writer, "INSERT INTO box VALUES (2)");
        assertThat(read(writer, "SELECT id FROM box ORDER BY id")).containsExactly("1", "2");
        assertReplicated("box", "1", "2");
    }

    @Test
    void aFrozenWriterThatWasReplacedIsAStandbyWhenItThaws() throws SQLException {
        Node old = rds.writer();
        old.freeze();
        reader().promote();
        old.thaw();

        execute(rds.writer(), "CREATE TABLE bin AS SELECT 5 AS id");
        assertThat(reader()).isSameAs(old);
        assertReplicated("bin", "5");
    }

    @Test
    void aFrozenNodeAnswersAgainAfterItThaws() throws SQLException {
        Node reader = reader();
        try (Connection connection = client.logIn(rds, reader)) {
            reader.freeze();
            connection.setNetworkTimeout(Runnable::run, 300);
            assertThatThrownBy(() -> Client.column(connection, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        reader.thaw();

        assertThat(read(reader, "SELECT @@report_host")).containsExactly(reader.name());
    }

    @Test
    void mysqlsTableOfTheTopologyNamesAllNodesAndTheStatusNamesTheWriter() throws SQLException {
        assumeTrue(engine == Engine.MYSQL, "RDS for MariaDB has none");

        assertThat(read(rds.writer(), "SELECT endpoint FROM mysql.rds_topology ORDER BY id"))
                .containsExactly(rds.node(1).host(), rds.node(2).host());
        assertThat(rds.admin(rds.writer(), "SHOW REPLICA STATUS")).isEmpty();
        try (Connection connection = client.logIn(rds, reader());
                Statement statement = connection.createStatement();
                ResultSet status = statement.executeQuery("SHOW REPLICA STATUS")) {
            assertThat(status.next()).isTrue();
            assertThat(read(rds.writer(), "SELECT @@server_id")).containsExactly(status.getString("Source_Server_Id"));
        }
    }

    @Test
    void bothNodesAreOfTheVersionThatWasAskedFor() throws SQLException {
        for (Node node : rds.nodes()) {
            assertThat(read(node, "SELECT version()"))
                    .singleElement()
                    .asString()
                    .startsWith(version + ".");
        }
    }

    private static Node reader() {
        return rds.readers().get(0);
    }

    private void assertReplicated(String table, String... ids) {
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(read(reader(), "SELECT id FROM " + table + " ORDER BY id"))
                        .containsExactly(ids));
    }

    private List<String> read(Node node, String sql) throws SQLException {
        try (Connection connection = client.logIn(rds, node)) {
            return Client.column(connection, sql);
        }
    }

    private void execute(Node node, String sql) throws SQLException {
        try (Connection connection = client.logIn(rds, node);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
