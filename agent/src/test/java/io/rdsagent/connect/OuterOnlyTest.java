package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A driver that never asks for the password, since it lacks the place or has it under an unknown name. */
class OuterOnlyTest extends ConnectorFixture {

    @Test
    void itGetsTheTokenWithItsPropertiesAndAtOnceFromThenOn() throws SQLException {
        driver.asks = false;

        connect("iam=auto;user=app", "jdbc:postgresql://" + ONE + "/orders");
        connect("iam=auto;user=app", "jdbc:postgresql://" + ONE + "/orders");

        assertThat(driver.passwords).containsExactly("token-1", "token-1");
        assertThat(driver.urls).as("the first one was in vain").hasSize(3);
        assertThat(notices()).singleElement().asString().contains("never asks the agent for the password");
    }

    @Test
    void whereItHasNoSettingThatHoldsItToTlsItGetsNone() {
        driver.asks = false;
        driver.known = "ssl";

        assertThatThrownBy(() -> connect("iam=auto;user=app", "jdbc:postgresql://" + ONE + "/orders"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("so no token was sent");
        assertThat(driver.passwords).isEmpty();
        assertThat(driver.urls).hasSize(1);
    }

    @Test
    void oneThatAsksIsNeverTakenForSuch() throws SQLException {
        driver.failures.add(new SQLException("no password was provided", "08004"));

        connect("iam=auto;user=app", URL);

        assertThat(events.notices).isEmpty();
    }

    @Test
    void aPasswordOfTheApplicationsIsNotReplaced() {
        driver.asks = false;
        info.setProperty("user", "app");
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));
        info.setProperty("password", "changeit");

        assertThatThrownBy(() -> connect("iam=never", URL)).isInstanceOf(SQLException.class);
        assertThat(driver.passwords).containsExactly("changeit");
        assertThat(driver.urls).hasSize(1);
    }
}
