package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Servers;
import io.rdsagent.endpoint.Topology;
import io.rdsagent.given.Configured;
import io.rdsagent.token.TokenException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConnectorTest extends ConnectorFixture {

    @Test
    void aConnectionIsMadeToTheFirstEndpointWithAToken() throws SQLException {
        info.setProperty("user", "app");

        Connection connection = connect("iam=auto", URL);

        assertThat(connection).isSameAs(driver.connections.get(0));
        assertThat(driver.urls).containsExactly("jdbc:postgresql://" + ONE + "/orders");
        assertThat(driver.passwords).containsExactly("token-1");
        assertThat(open()).containsExactly(1, 0);
        assertThat(leases.of(connection).deadline()).isEqualTo(time.millis() + 14 * 60_000);
        assertThat(events.logins).singleElement().satisfies(login -> {
            assertThat(login.user).isEqualTo("app");
            assertThat(login.endpoint).isEqualTo(ONE);
            assertThat(login.identity).isEqualTo("the test");
        });
    }

    @Test
    void whatAnotherEndpointMayCureGoesToTheNext() throws SQLException {
        driver.failures.add(new SQLException("starting up", "57P03"));

        connect("iam=auto", URL);

        assertThat(driver.urls)
                .containsExactly("jdbc:postgresql://" + ONE + "/orders", "jdbc:postgresql://" + TWO + "/orders");
        assertThat(open()).containsExactly(0, 1);
        assertThat(events.failedLogins)
                .singleElement()
                .satisfies(failure -> assertThat(failure.next).isEqualTo(TWO));
    }

    @Test
    void whenNoneGivesAConnectionTheApplicationGetsTheDriversStateAndWhatToDo() {
        driver.failures.add(new SQLException("starting up", "57P03", 7));
        driver.failures.add(new SQLException("too many", "53300", 8));

        SQLException failure = catchThrowableOfType(SQLException.class, () -> connect("iam=auto;user=app", URL));

        assertThat(failure.getSQLState()).isEqualTo("53300");
        assertThat(failure.getErrorCode()).isEqualTo(8);
        assertThat((Throwable) failure)
                .hasMessageContaining(TWO)
                .hasMessageContaining("too many")
                .hasMessageContaining("raise `max_connections`");
        assertThat(failure.getCause()).hasMessage("too many");
        assertThat(open()).containsExactly(0, 0);
    }

    @Test
    void aFailureThatIsNoMatterOfOursIsTheDriversOwn() {
        SQLException own = new SQLException("no such database", "3D000");
        driver.failures.add(own);

        assertThatThrownBy(() -> connect("iam=auto", URL)).isSameAs(own);
        assertThat(driver.urls).hasSize(1);
        assertThat(open()).containsExactly(0, 0);
        assertThat(events.failedLogins).isEmpty();
    }

    @Test
    void eachTryIsToldWithItsOutcome() throws SQLException {
        driver.failures.add(new SQLException("starting up", "57P03"));

        connect("iam=auto", URL);

        assertThat(events.attempts)
                .extracting(attempt -> attempt.endpoint + " " + attempt.outcome)
                .containsExactly(ONE + " unreachable", TWO + " success");
    }

    @Test
    void aTokenThatIsRefusedTwiceIsTwoTriesAndTheSecondSaysWhatToDo() {
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));

        assertThatThrownBy(() -> connect("iam=auto", URL)).isInstanceOf(SQLException.class);

        assertThat(events.attempts)
                .extracting(attempt -> attempt.outcome.toString())
                .containsExactly("refused", "refused");
        assertThat(events.attempts.get(0).diagnosis).isNull();
        assertThat(events.attempts.get(1).diagnosis).contains("PAM authentication failed");
    }

    @Test
    void whatIsTheDriversOwnMatterIsATryAllTheSame() {
        driver.failures.add(new SQLException("no such database", "3D000"));

        assertThatThrownBy(() -> connect("iam=auto", URL)).isInstanceOf(SQLException.class);

        assertThat(events.attempts)
                .extracting(attempt -> attempt.outcome.toString())
                .containsExactly("other");
    }

    @Test
    void aFaultOfTheDriverLeavesNothingCounted() {
        driver.fault = new IllegalStateException("bug");

        assertThatThrownBy(() -> connect("iam=auto;on-error=pass", URL)).isSameAs(driver.fault);
        assertThat(open()).containsExactly(0, 0);
        assertThat(connector.isConnecting()).isFalse();
    }

    @Test
    void withOnErrorFailAFaultIsAnSqlExceptionThatSaysWhatToDo() {
        driver.fault = new IllegalStateException("bug");

        assertThatThrownBy(() -> connect("iam=auto;on-error=fail", URL))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("bug")
                .hasMessageContaining("on-error")
                .hasCause(driver.fault);
    }

    @Test
    void aRefusedTokenIsSignedAgainExactlyOnce() throws SQLException {
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));

        connect("iam=auto", URL);

        assertThat(driver.passwords).containsExactly("token-1", "token-2");
        assertThat(driver.urls).hasSize(2).containsOnly("jdbc:postgresql://" + ONE + "/orders");
        assertThat(open()).containsExactly(1, 0);
    }

    @Test
    void aTokenThatIsRefusedTwiceIsSaidAndTriedNowhereElse() {
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));

        assertThatThrownBy(() -> connect("iam=auto", URL))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("and the user chosen")
                .hasMessageNotContaining("null")
                .hasMessageNotContaining("token-2");
        assertThat(signed).isEqualTo(2);
        assertThat(open()).containsExactly(0, 0);
    }

    @Test
    void withoutATokenTheReasonReachesTheApplication() {
        noToken = new TokenException("There are no credentials.", "Set some.");

        assertThatThrownBy(() -> connect("iam=auto;user=app", URL))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("There are no credentials. Set some.")
                .satisfies(failure ->
                        assertThat(((SQLException) failure).getSQLState()).isEqualTo("28000"));
        assertThat(driver.urls).hasSize(1);
    }

    @Test
    void whatIsNotOursIsNotTouched() throws SQLException {
        info.setProperty("user", "app");
        Properties before = (Properties) info.clone();

        assertThat(connect("iam=auto", "jdbc:postgresql://db.example.com/orders"))
                .isNull();
        assertThat(connect("iam=auto", "jdbc:mysql://" + ONE + "/orders")).isNull();
        assertThat(connect("iam=auto", null)).isNull();
        assertThat(info).isEqualTo(before);
        assertThat(driver.urls).isEmpty();
    }

    @Test
    void ourOwnCallOfTheDriverGoesOnUntouched() throws SQLException {
        driver.calledBack = () -> assertThat(connect("iam=auto", URL)).isNull();

        connect("iam=auto", URL);

        assertThat(driver.urls).hasSize(1);
    }

    @Test
    void aLoginToAnEndpointThatIsDeadMeanwhileIsWaitedForNoLonger() throws SQLException {
        driver.failures.add(new SQLException("Socket closed", "08006"));
        driver.calledBack = () -> {
            attempts.giveUp(attempts.current().endpoint());
            driver.calledBack = () -> {};
        };
        driver.asks = false;
        info.setProperty("password", "secret");

        assertThat(connect("iam=never", URL)).isNotNull();

        assertThat(driver.urls).hasSize(2);
        assertThat(events.failedLogins)
                .singleElement()
                .satisfies(failure -> assertThat(failure.diagnosis).contains("it was waited for no longer"));
    }

    @Test
    void whereAnotherTakesItsPlaceMeanwhileThatIsTriedNext() throws SQLException {
        driver.failures.add(new SQLException("Socket closed", "08006"));
        Endpoint next = Configured.endpoint(TWO);
        driver.calledBack = () -> {
            Database database = databases.known().iterator().next();
            Topology before = database.topology();
            Servers.dead(attempts.current().endpoint());
            Servers.serve(database, List.of(next));
            attempts.changed(database, before);
            driver.calledBack = () -> {};
        };
        driver.asks = false;
        info.setProperty("password", "secret");

        connect("iam=never", "jdbc:postgresql://" + ONE + "/orders");

        assertThat(driver.urls).hasSize(2);
        assertThat(next.open()).isEqualTo(1);
    }
}
