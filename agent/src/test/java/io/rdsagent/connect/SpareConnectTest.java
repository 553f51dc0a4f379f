package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.event.Spare.Fate;
import io.rdsagent.lease.Holder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who is given a connection that was opened ahead. */
class SpareConnectTest extends ConnectorFixture {

    private static final Duration UNTIL_DUE = Duration.ofMinutes(14).minusSeconds(2);
    private final Object pool = new Object();
    private final List<Object> entries = new ArrayList<>();

    /** A connection in a pool, whose time is over so soon that a spare has been opened for it. */
    private Connection due(String settings) throws SQLException {
        Connection pooled = connect(settings, URL);
        entries.add(new Object());
        leases.hold(pooled, entries.get(0), new InUse());
        time.advance(UNTIL_DUE);
        return pooled;
    }

    private final class InUse implements Holder {

        @Override
        public Object pool() {
            return pool;
        }

        @Override
        public String description() {
            return "a pool, for the test";
        }

        @Override
        public void retire(Consumer<Throwable> failed) {}

        @Override
        public long lastUse() {
            return IN_USE;
        }
    }

    @Test
    void theNextConnectWithTheSamePropertiesGetsTheSpareAsItIs() throws SQLException {
        info.setProperty("user", "app");
        due("iam=auto");
        assertThat(driver.passwords).containsExactly("token-1", "token-2");
        assertThat(open()).containsExactly(1, 1);

        Connection given = connect("iam=auto", URL);

        assertThat(given).isSameAs(driver.connections.get(1));
        assertThat(driver.urls).hasSize(2);
        assertThat(open()).as("counted once").containsExactly(1, 1);
        assertThat(leases.of(given).deadline())
                .as("its life began at its login")
                .isEqualTo(time.millis() + Duration.ofMinutes(14).toMillis());
        assertThat(connect("iam=auto", URL)).isSameAs(driver.connections.get(2));
    }

    @Test
    void itIsOpenedWithTheSamePropertiesAndToTheEndpointWhoseTurnItIs() throws SQLException {
        info.setProperty("user", "app");
        info.setProperty("ApplicationName", "orders");
        due("iam=auto");

        assertThat(driver.urls)
                .containsExactly("jdbc:postgresql://" + ONE + "/orders", "jdbc:postgresql://" + TWO + "/orders");
        assertThat(driver.settings.get(1)).isEqualTo(driver.settings.get(0));
    }

    @Test
    void otherPropertiesOrAnotherUrlGetOneOfTheirOwn() throws SQLException {
        info.setProperty("user", "app");
        due("iam=auto");

        info.setProperty("ApplicationName", "another");
        connect("iam=auto", URL);
        info.remove("ApplicationName");
        connect("iam=auto", URL + "?ApplicationName=another");
        assertThat(driver.urls).hasSize(4);

        Properties defaults = new Properties();
        defaults.setProperty("user", "app");
        info.clear();
        assertThat(driverCallsFor(new Properties(defaults)))
                .as("the same by their defaults")
                .isZero();
    }

    private int driverCallsFor(Properties properties) throws SQLException {
        int before = driver.urls.size();
        new ConnectInterceptor(
                        io.rdsagent.given.Configured.config("iam=auto"),
                        io.rdsagent.driver.Dialects.all(),
                        databases,
                        connector,
                        spares,
                        discoveries,
                        time.timer(),
                        events)
                .at(new Object[] {driver, URL, properties});
        return driver.urls.size() - before;
    }

    @Test
    void propertiesThatHoldMoreThanTextHaveNone() throws SQLException {
        info.setProperty("user", "app");
        info.put("a factory", new Object());
        due("iam=auto");

        assertThat(driver.urls).hasSize(1);
    }

    @Test
    void withTheApplicationsOwnPasswordThereIsNone() throws SQLException {
        info.setProperty("user", "app");
        info.setProperty("password", "secret");
        driver.asks = false;
        due("iam=never");

        assertThat(driver.urls).hasSize(1);
    }

    @Test
    void withSparesOffThereIsNone() throws SQLException {
        due("iam=auto;spares=0");

        assertThat(driver.urls).hasSize(1);
    }

    @Test
    void oneThatCannotBeOpenedIsNoFailureOfTheApplications() throws SQLException {
        connect("iam=auto", URL);
        driver.failures.add(new SQLException("too many", "53300"));
        driver.failures.add(new SQLException("too many", "53300"));
        leases.hold(driver.connections.get(0), pool, new InUse());

        time.advance(UNTIL_DUE);

        assertThat(events.failedLogins).isEmpty();
        assertThat(events.spares).extracting(spare -> spare.fate).containsExactly(Fate.NOT_OPENED);
        assertThat(open()).containsExactly(1, 0);
    }
}
