package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Dialects;
import io.rdsagent.given.Configured;
import io.rdsagent.given.VirtualTime;
import io.rdsagent.token.Identity;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import io.rdsagent.token.TokenRequest;
import io.rdsagent.token.TokenSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

    private static final Dialect PGJDBC = Dialects.all().get(0);
    private static final Dialect CONNECTOR_J = Dialects.all().get(1);

    private final VirtualTime time = new VirtualTime();
    private final Diagnosis diagnosis =
            new Diagnosis(time, new Inquiries(new TokenSource(request -> null, time, Runnable::run), time));
    private final Token token = new Token(
            new TokenRequest("db-1.example.com", 5432, "app", "eu-west-1", Identity.DEFAULT),
            "the-secret",
            "role shop",
            time.instant(),
            null,
            null);
    private final Attempt attempt =
            new Attempt(Configured.endpoint("db-1.example.com:5432"), "app", 1234, null, (name, user) -> token);

    record Network(IOException cause, String says) {}

    static List<Network> network() {
        return List.of(
                new Network(new UnknownHostException("db-1"), "The name db-1.example.com is not known here."),
                new Network(new SocketTimeoutException("Read timed out"), "No answer in time."),
                new Network(new NoRouteToHostException("No route to host"), "There is no route to it."),
                new Network(new ConnectException("Connection refused"), "nothing listens there"));
    }

    @ParameterizedTest
    @MethodSource("network")
    void aFaultOfTheNetworkIsSaidWithWhatToCheck(Network network) {
        SQLException failure = new SQLException("The connection attempt failed.", "08001", network.cause);

        assertThat(said(failure, attempt, PGJDBC)).contains(network.says).contains("Check");
    }

    @Test
    void aRefusedTokenIsSaidWithItsAgeAndWhatToCheckInWhichOrder() throws Exception {
        sendToken();
        time.advance(Duration.ofSeconds(42));
        SQLException refused = new SQLException("FATAL: PAM authentication failed for user \"app\"", "28000");

        assertThat(said(refused, attempt, PGJDBC))
                .contains("PAM authentication failed")
                .contains("42 s ago for db-1.example.com:5432 in eu-west-1 by role shop")
                .contains("rds-db:connect")
                .doesNotContain("the-secret");
    }

    @Test
    void aRefusedLoginOfTheApplicationsOwnNamesTheSettingThatWouldUseIam() {
        assertThat(said(new SQLException("password failed", "28P01"), attempt, PGJDBC))
                .contains("No token was used")
                .contains("set `iam` to always");
    }

    @Test
    void withoutATokenItsReasonIsSaid() {
        Attempt without = new Attempt(Configured.endpoint("db-1:5432"), "app", Long.MAX_VALUE, null, (name, user) -> {
            throw new TokenException("There are no credentials.", "Set some.");
        });
        SQLException failure = assertThrows(SQLException.class, () -> without.password("app", new Socket()));

        assertThat(said(failure, without, PGJDBC)).isEqualTo("There are no credentials. Set some.");
    }

    @Test
    void aDriverThatDidNotBeginTlsIsSaid() {
        SQLException failure = assertThrows(SQLException.class, () -> attempt.password("app", new Socket()));

        assertThat(said(failure, attempt, PGJDBC)).contains("did not begin TLS");
    }

    @Test
    void whenTheTimeWasUpThatIsSaidAndHowLongItWas() {
        attempt.expire();

        assertThat(said(new SQLException("Socket closed", "08006"), attempt, PGJDBC))
                .contains("No answer within 1234 ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSL Connection required, but not provided by server.",
                "SSL Connection required, but not supported by server.",
                "Trying to connect with ssl, but ssl not enabled in the server"
            })
    void aMysqlWithoutTlsIsSaid(String words) {
        SQLException failure = new SQLException("Communications link failure", "08001", new IOException(words));

        assertThat(said(failure, attempt, CONNECTOR_J)).contains("speaks no TLS", "no token was sent");
    }

    /** MySQL has the SQLState for it by which pgjdbc tells that there is no TLS. */
    @Test
    void aServerThatIsFullIsSaid() {
        assertThat(said(new SQLException("Too many connections", "08004", 1040), attempt, CONNECTOR_J))
                .startsWith("Too many connections.")
                .contains("raise max_connections")
                .doesNotContain("TLS");
        assertThat(said(new SQLException("FATAL: sorry, too many clients already", "53300"), attempt, PGJDBC))
                .contains("raise max_connections");
    }

    @Test
    void aServerWithoutTlsIsSaid() {
        assertThat(said(new SQLException("The server does not support SSL.", "08004"), attempt, PGJDBC))
                .contains("speaks no TLS")
                .contains("(The server does not support SSL)");
    }

    @Test
    void aDriverThatFailedByItselfIsNamedAsTheOneThatDid() {
        NoClassDefFoundError own = new NoClassDefFoundError("org/postgresql/shaded/ScramClient");

        assertThat(said(new DriversFault(own), attempt, PGJDBC))
                .startsWith(
                        "The driver itself failed (java.lang.NoClassDefFoundError: org/postgresql/shaded/ScramClient")
                .contains("another version");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "the database system is starting up\n  Hint: wait"})
    void anythingElseIsSaidInTheDriversWordsOnOneLineIfItHasAny(String words) {
        assertThat(said(new SQLException(words, "57P03"), attempt, PGJDBC))
                .contains("Check that the database is up")
                .doesNotContain("null")
                .doesNotContain("\n")
                .doesNotStartWith(".");
    }

    private String said(SQLException failure, Attempt of, Dialect dialect) {
        return diagnosis.of(failure, of, dialect).toString();
    }

    private void sendToken() throws Exception {
        try (Socket secured = SSLSocketFactory.getDefault().createSocket()) {
            attempt.password("app", secured);
        }
    }
}
