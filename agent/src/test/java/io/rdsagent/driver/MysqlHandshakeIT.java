package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.config.HostPort;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import io.rdsagent.localrds.Verdict;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A probe against servers of both kinds, through the gate that stands for RDS. */
class MysqlHandshakeIT {

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "MARIADB"})
    void aServerAnswersAndLogsNobodyIn(Engine engine) throws Exception {
        try (LocalRds rds = LocalRds.builder().engine(engine).nodes(1).start()) {
            Node node = rds.node(1);

            try (Socket socket = new Socket(node.address(), rds.port())) {
                new MysqlHandshake().shake(socket, HostPort.of(node.host(), rds.port()));
            }

            assertThat(rds.log().logins()).noneMatch(login -> login.verdict() == Verdict.ACCEPTED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "MARIADB"})
    void aServerWithoutTlsIsNoSignOfLifeThatIsOfUse(Engine engine) throws Exception {
        try (LocalRds rds =
                        LocalRds.builder().engine(engine).nodes(1).tls(false).start();
                Socket socket = new Socket(rds.node(1).address(), rds.port())) {
            assertThatThrownBy(() -> new MysqlHandshake().shake(socket, HostPort.of("db", rds.port())))
                    .hasMessage("the server speaks no TLS");
        }
    }
}
