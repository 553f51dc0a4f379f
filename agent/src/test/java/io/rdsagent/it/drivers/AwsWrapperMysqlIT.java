package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AWS Advanced JDBC Wrapper in front of Connector/J. */
class AwsWrapperMysqlIT {

    @ParameterizedTest
    @ValueSource(strings = {"its own choice", "", "failover2,efm2"})
    void withoutItsIamPluginTheAgentWorksBeneathIt(String plugins) throws Exception {
        try (LocalRds rds = LocalRds.builder().engine(Engine.MYSQL).nodes(2).start()) {
            String url = "jdbc:aws-wrapper:mysql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app";
            ForkedJvm jvm = ForkedJvm.of(
                            "com.example.MysqlConnects",
                            plugins.equals("its own choice") ? url : url + "&wrapperPlugins=" + plugins,
                            "timeout")
                    .library("mysql-connector-j-9.7.0")
                    .library("aws-advanced-jdbc-wrapper-" + System.getProperty("aws-wrapper.version"))
                    .on(rds)
                    .run();

            assertThat(jvm.out("connected app software.amazon.jdbc."))
                    .as(jvm.all())
                    .hasSize(1);
            assertThat(jvm.out("timed out")).as(jvm.all()).hasSize(1);
            assertThat(jvm.err()).anySatisfy(line -> assertThat(line).contains("with an IAM token signed by"));
            assertThat(rds.log().logins())
                    .isNotEmpty()
                    .extracting(Login::verdict)
                    .containsOnly(Verdict.ACCEPTED);
        }
    }
}
