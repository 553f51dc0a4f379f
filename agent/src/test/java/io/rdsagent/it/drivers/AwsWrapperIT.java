package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AWS Advanced JDBC Wrapper in front of pgjdbc. */
class AwsWrapperIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(2).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "failover2,efm2", "its own choice"})
    void withoutItsIamPluginTheAgentWorksBeneathIt(String plugins) throws Exception {
        ForkedJvm jvm = connects(plugins, "").run();

        assertThat(jvm.out("connected orders-1 software.amazon.jdbc."))
                .as(jvm.all())
                .hasSize(1);
        assertThat(jvm.err()).anySatisfy(line -> assertThat(line).contains("with an IAM token signed by"));
        assertThat(rds.log().logins()).isNotEmpty().extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    @Test
    void withItsIamPluginTheAgentStandsDownAndSaysSoOnce() throws Exception {
        ForkedJvm jvm = connects(
                        "iam",
                        "&iamHost=" + rds.clusterHost() + "&iamDefaultPort=" + rds.port() + "&iamRegion=" + rds.region()
                                + "&sslmode=verify-full&sslrootcert=" + rds.caFile())
                .withTestLibraries()
                .run();

        assertThat(jvm.out("connected orders-1 software.amazon.jdbc."))
                .as(jvm.all())
                .hasSize(1);
        assertThat(jvm.err().stream().filter(line -> line.contains("rds-jdbc-agent") || line.contains("left as it is")))
                .as(jvm.all())
                .singleElement()
                .asString()
                .contains("left as it is", "`iam` plug-in");
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    @Test
    void itsReadWriteSplittingGoesOnWithTheAgentBeneathIt() throws Exception {
        ForkedJvm jvm = program("com.example.ReadsElsewhere", "readWriteSplitting,failover2,efm2", "")
                .run();

        assertThat(jvm.out())
                .as(jvm.all())
                .containsExactly("writes to orders-1", "reads from orders-2", "writes again to orders-1");
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    private static ForkedJvm.Builder connects(String plugins, String more) {
        return program("com.example.Connects", plugins, more);
    }

    private static ForkedJvm.Builder program(String main, String plugins, String more) {
        return ForkedJvm.of(
                        main,
                        "jdbc:aws-wrapper:postgresql://" + rds.clusterHost() + ":" + rds.port()
                                + "/orders?user=app"
                                + (plugins.equals("its own choice") ? "" : "&wrapperPlugins=" + plugins)
                                + more,
                        "1")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .library("aws-advanced-jdbc-wrapper-" + System.getProperty("aws-wrapper.version"))
                .on(rds);
    }
}
