package io.rdsagent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoIT {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void theDemoPasses() {
        int status = run("--seconds=20", "--lifetime=4");

        assertThat(status).as(said()).isZero();
        assertThat(said()).contains("authentication failed for user \"app\"", "kill -9 orders-3", "PASS");
    }

    @Test
    void aFailoverPasses() {
        int status = run("--seconds=20", "--lifetime=4", "--failover");

        assertThat(status).as(said()).isZero();
        assertThat(said()).contains("kill -9 orders-1", "orders-1 is back as a reader", "a new writer was found");
    }

    @Test
    void aFailoverThatTheAgentIsBlindToMakesItFail() {
        int status = run("--seconds=16", "--lifetime=3", "--failover", "--set=discover=none");

        assertThat(status).as(said()).isEqualTo(1);
        assertThat(said()).contains("FAIL");
    }

    @Test
    void connectionsThatDoNotRotateMakeItFail() {
        int status = run("--seconds=16", "--lifetime=3", "--set=lifetime=off");

        assertThat(status).as(said()).isEqualTo(1);
        assertThat(said())
                .contains("FAIL", "lived for longer than 3.0 s", "A reader got no connections")
                .doesNotContain("should have been spared", "money does not add up", "did not work at all");
    }

    @Test
    void anAgentThatStandsAsideMakesItFail() {
        int status = run("--seconds=16", "--lifetime=3", "--set=enabled=false");

        assertThat(status).as(said()).isEqualTo(1);
        assertThat(said()).contains("FAIL", "The application did not work at all", "let in no login with a token");
    }

    @Test
    void aRunTooShortToSeeAnythingIsRefused() {
        assertThat(run("--seconds=10", "--lifetime=8")).isNotZero();
        assertThat(said()).contains("too short for a lifetime of 8 s");
    }

    private int run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--repository=" + System.getProperty("demo.repository");
        return Main.run(new Screen(new PrintStream(said, true, StandardCharsets.UTF_8)), all);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
