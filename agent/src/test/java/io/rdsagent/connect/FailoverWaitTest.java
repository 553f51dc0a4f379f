package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A connect whose endpoints have all failed. */
class FailoverWaitTest extends ConnectorFixture {

    @Test
    void whereTheDatabaseHasServedBeforeItTriesAgainInsteadOfFailing() throws SQLException {
        connect("iam=auto", URL);
        failTimes(4);

        connect("iam=auto", URL);

        assertThat(driver.urls).hasSize(1 + 4 + 1);
        assertThat(driver.connections).hasSize(2);
        assertThat(open().stream().mapToInt(Integer::intValue).sum()).isEqualTo(2);
        assertThat(events.failedLogins)
                .extracting(failure -> failure.next == null ? "waits " + failure.wait.getSeconds() : "next")
                .containsExactly("next", "waits 20", "next", "waits 20");
    }

    @Test
    void aDatabaseThatNeverServedIsNotWaitedFor() {
        failTimes(2);

        assertThatThrownBy(() -> connect("iam=auto", URL)).hasMessageContaining("starting up");

        assertThat(driver.urls).hasSize(2);
        assertThat(events.failedLogins.get(1).wait).isNull();
    }

    @Test
    void whatDoesNotPassByItselfIsNotWaitedFor() throws SQLException {
        connect("iam=auto", URL);
        driver.failures.add(new SQLException("too many", "53300"));
        driver.failures.add(new SQLException("too many", "53300"));

        assertThatThrownBy(() -> connect("iam=auto", URL)).hasMessageContaining("too many");

        assertThat(driver.urls).hasSize(3);
    }

    @Test
    void switchedOffItFailsAtOnce() throws SQLException {
        connect("iam=auto;failover.wait=off", URL);
        failTimes(2);

        assertThatThrownBy(() -> connect("iam=auto;failover.wait=off", URL)).hasMessageContaining("starting up");

        assertThat(driver.urls).hasSize(3);
    }

    @Test
    void theLoginTimeoutEndsIt() throws SQLException {
        connect("iam=auto", URL);
        failTimes(100);
        driver.takes = Duration.ofSeconds(6);

        assertThatThrownBy(() -> connect("iam=auto", URL)).hasMessageContaining("starting up");

        assertThat(driver.urls).hasSize(1 + 4);
        assertThat(open().stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
        assertThat(events.failedLogins.get(events.failedLogins.size() - 1).wait).isNull();
    }

    @Test
    void whoComesWhenTheOutageIsOldIsNotHeldUp() throws SQLException {
        connect("iam=auto;failover.wait=10s", URL);
        failTimes(100);
        driver.takes = Duration.ofSeconds(6);
        assertThatThrownBy(() -> connect("iam=auto;failover.wait=10s", URL)).hasMessageContaining("starting up");
        int before = driver.urls.size();

        assertThatThrownBy(() -> connect("iam=auto;failover.wait=10s", URL)).hasMessageContaining("starting up");

        assertThat(driver.urls).hasSize(before + 2);
    }

    @Test
    void whoIsInterruptedGetsTheFailureAndStaysInterrupted() throws Exception {
        connect("iam=auto", URL);
        failTimes(100);
        FutureTask<Boolean> connecting = new FutureTask<>(() -> {
            assertThatThrownBy(() -> connect("iam=auto", URL)).hasMessageContaining("starting up");
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(connecting);
        thread.start();
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

        thread.interrupt();

        assertThat(connecting.get()).isTrue();
        assertThat(driver.urls).hasSizeLessThan(100);
    }

    private void failTimes(int count) {
        Stream.generate(() -> new SQLException("starting up", "57P03"))
                .limit(count)
                .forEach(driver.failures::add);
    }
}
