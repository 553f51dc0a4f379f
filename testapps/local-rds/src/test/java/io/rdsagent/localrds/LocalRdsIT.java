package io.rdsagent.localrds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalRdsIT {

    @TempDir
    private Path folder;

    @BeforeEach
    void letTheServersUserThrough() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void twoClustersRunSideBySide() throws SQLException {
        try (LocalRds orders = LocalRds.builder().nodes(1).directory(folder).start();
                LocalRds stock = LocalRds.builder()
                        .cluster("stock")
                        .user("clerk")
                        .nodes(1)
                        .directory(folder)
                        .start();
                Connection order = Client.logIn(orders, orders.writer());
                Connection parcel = Client.logIn(stock, stock.writer())) {
            assertThat(Client.column(order, "SELECT current_database() || current_user"))
                    .containsExactly("ordersapp");
            assertThat(Client.column(parcel, "SELECT current_database() || current_user"))
                    .containsExactly("stockclerk");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANY", "BUNDLED"})
    void aServerWithoutTlsLetsNobodyInByToken(Postgres postgres) {
        try (LocalRds rds =
                LocalRds.builder().postgres(postgres).nodes(1).tls(false).start()) {
            String token = Client.token(rds, rds.writer().host());

            assertThatThrownBy(() -> Client.logIn(rds, rds.writer(), token, "require"))
                    .hasMessageContaining("does not support SSL");
            assertThatThrownBy(() -> Client.logIn(rds, rds.writer(), token, "disable"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
        }
    }

    @Test
    void theAdministratorLogsInWithAUrlAndTheEnvironmentHoldsTheKey() throws SQLException {
        try (LocalRds rds = LocalRds.builder()
                        .nodes(1)
                        .aurora(false)
                        .credentials("ASIAKEY", "secret", "session")
                        .start();
                Connection admin = DriverManager.getConnection(rds.adminUrl(rds.writer()))) {
            assertThat(Client.column(admin, "SELECT usesuper FROM pg_user WHERE usename = current_user"))
                    .containsExactly("t");
            assertThatThrownBy(() -> Client.column(admin, "SELECT aurora_version()"))
                    .hasMessageContaining("does not exist");
            assertThat(rds.environment())
                    .containsAllEntriesOf(Map.of(
                            "AWS_ACCESS_KEY_ID", "ASIAKEY",
                            "AWS_SESSION_TOKEN", "session",
                            "AWS_EC2_METADATA_DISABLED", "true"));
        }
    }

    @Test
    void aTakenPortIsSaidAndNothingIsLeft() throws IOException {
        InetAddress ofTheSecondNode = InetAddress.getByAddress(new byte[] {127, 3, 3, 12});
        try (ServerSocket taken = new ServerSocket(0, 1, ofTheSecondNode)) {
            LocalRdsBuilder builder = LocalRds.builder()
                    .directory(folder)
                    .addressPrefix("127.3.3")
                    .port(taken.getLocalPort());

            assertThatThrownBy(builder::start)
                    .isInstanceOf(LocalRdsException.class)
                    .hasMessageContaining("not free");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        LocalRdsBuilder builder = LocalRds.builder().directory(folder.resolve("nowhere"));

        assertThatThrownBy(builder::start)
                .isInstanceOf(LocalRdsException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("Make it first");
    }
}
