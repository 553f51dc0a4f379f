package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a connect may take, and who has how much of it. */
class ConnectorTimeTest extends ConnectorFixture {

    @Test
    void theLoginTimeoutBoundsTheWholeAlsoWhereATokenIsSignedAgain() throws SQLException {
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));
        driver.takes = Duration.ofSeconds(8);

        connect("iam=auto", "jdbc:postgresql://" + ONE + "/orders");

        assertThat(driver.bounds).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(12));
    }

    @Test
    void eachEndpointHasItsShareOfTheTime() throws SQLException {
        driver.failures.add(new SQLException("starting up", "57P03"));
        driver.takes = Duration.ofSeconds(4);

        connect("iam=auto", URL);

        assertThat(driver.bounds).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(16));
    }

    @Test
    void theTimeoutOfTheUrlStandsAboveThatOfTheJdbcLayer() throws SQLException {
        connect("iam=auto", "jdbc:postgresql://" + ONE + "/orders?loginTimeout=5");

        assertThat(driver.bounds).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void noOtherEndpointIsAnnouncedWhenTheTimeIsUp() {
        driver.failures.add(new SQLException("starting up", "57P03"));
        driver.takes = Duration.ofSeconds(20);

        assertThatThrownBy(() -> connect("iam=auto", URL)).isInstanceOf(SQLException.class);
        assertThat(driver.urls).hasSize(1);
        assertThat(events.failedLogins)
                .singleElement()
                .satisfies(failure -> assertThat(failure.next).isNull());
    }

    @Test
    void whatLogsInAsItsTimeIsUpAndItsSocketIsClosedIsGivenToNobody() {
        driver.loggedIn = () -> connector.current().expire();

        assertThatThrownBy(() -> connect("iam=auto", "jdbc:postgresql://" + ONE + "/orders"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("08001"));
        assertThat(driver.connections)
                .singleElement()
                .satisfies(late -> assertThat(late.isClosed()).isTrue());
        assertThat(leases.all()).isEmpty();
        assertThat(open()).containsOnly(0);
    }
}
