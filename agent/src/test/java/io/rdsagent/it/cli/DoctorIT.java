package io.rdsagent.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.credentials.AwsStub;
import io.rdsagent.it.topology.RdsApiStub;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the command line tells of databases: doctor, token, policy, config. */
class DoctorIT {

    private static LocalRds postgres;
    private static LocalRds mysql;

    private AwsStub aws;

    @BeforeAll
    static void start() {
        postgres = LocalRds.builder().nodes(1).start();
        mysql = LocalRds.builder().engine(Engine.MYSQL).nodes(1).start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
        mysql.close();
    }

    @BeforeEach
    void open() throws IOException {
        postgres.log().clear();
        mysql.log().clear();
        aws = new AwsStub(new AwsStub.Keys("ASIAUNUSEDUNUSED0001", "unused", "unused"));
    }

    @AfterEach
    void close() throws IOException {
        aws.close();
    }

    @Test
    void everyStepToAPostgresIsRight() throws Exception {
        Cli.Ended ended = on(postgres).run("doctor", url(postgres, "postgresql"), "--user", "app");

        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("ok   name ")
                                .contains(postgres.node(1).address()),
                        line -> assertThat(line).startsWith("ok   tcp ").contains(":" + postgres.port()),
                        line -> assertThat(line)
                                .startsWith("ok   tls ")
                                .contains("TLSv1.3", "verified", postgres.clusterHost()),
                        line -> assertThat(line).startsWith("ok   region ").contains("eu-west-1"),
                        line -> assertThat(line).startsWith("ok   credentials ").contains("assumed-role/db/x"),
                        line -> assertThat(line).startsWith("ok   clock "),
                        line -> assertThat(line).startsWith("ok   token ").contains("signed for app at"),
                        line -> assertThat(line).startsWith("ok   login ").contains("as app to orders"),
                        line -> assertThat(line).startsWith("ok   role ").contains("a writer"),
                        line -> assertThat(line)
                                .startsWith("ok   topology ")
                                .contains("orders-1", "Aurora's own function"));
        assertThat(ended.all()).doesNotContain("X-Amz-");
        assertThat(postgres.log().with(Verdict.ACCEPTED)).hasSize(1);
    }

    @Test
    void everyStepToAMysqlIsRight() throws Exception {
        Cli.Ended ended = on(mysql).run("doctor", url(mysql, "mysql"));

        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.out())
                .contains("ok   login       as app to orders")
                .contains("ok   role        a writer")
                .doesNotContain("FAIL");
        assertThat(mysql.log().with(Verdict.ACCEPTED)).hasSize(1);
    }

    @Test
    void aUserWhoIsNoneOfIamIsFoundOutBeforeATokenIsSent() throws Exception {
        postgres.admin(postgres.writer(), "DROP ROLE IF EXISTS plain");
        postgres.admin(postgres.writer(), "CREATE ROLE plain LOGIN PASSWORD 'x'");
        mysql.admin(mysql.writer(), "DROP USER IF EXISTS plain");
        mysql.admin(mysql.writer(), "CREATE USER plain IDENTIFIED WITH mysql_native_password BY 'x'");

        Cli.Ended scram = on(postgres).run("doctor", url(postgres, "postgresql"), "--user", "plain");
        Cli.Ended old = on(mysql).run("doctor", url(mysql, "mysql"), "--user", "plain");

        assertThat(scram.status()).isEqualTo(1);
        assertThat(scram.out())
                .contains("FAIL login ", "for a password by SCRAM, so no token was sent", "GRANT rds_iam TO plain")
                .contains("-    role        there is no login");
        assertThat(old.out())
                .contains("by mysql_native_password, so no token was sent", "CREATE USER plain IDENTIFIED WITH AWS");
    }

    @Test
    void whatIsWrongIsNamedWithItsRemedyAlsoForAProgram() throws Exception {
        aws.refuse("ExpiredToken", "The security token included in the request is expired");

        Cli.Ended ended = on(postgres)
                .environment("AWS_SESSION_TOKEN", "of-yesterday")
                .run("doctor", "--json", url(postgres, "postgresql"));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .contains("\"well\":false")
                .contains("{\"step\":\"tls\",\"state\":\"right\",")
                .contains(
                        "{\"step\":\"credentials\",\"state\":\"wrong\",\"said\":\"AWS says that the default credentials")
                .contains("{\"step\":\"login\",\"state\":\"wrong\",\"said\":\"The server refused the token")
                .doesNotContain("of-yesterday");
    }

    @Test
    void aStrangersCertificateEndsTheWayBeforeAnyToken() throws Exception {
        Cli.Ended ended = on(postgres).run("doctor", url(postgres, "postgresql"), "--set", "tls.ca=");

        assertThat(ended.out())
                .contains("FAIL tls ", "not one of the trusted roots", "`tls.ca`")
                .contains("-    login       there is no connection that a token may leave by");
        assertThat(postgres.log().logins()).isEmpty();
    }

    @Test
    void aTokenIsPrintedForScriptsAndItWorks() throws Exception {
        Cli.Ended ended = on(postgres).run("token", postgres.clusterHost(), String.valueOf(postgres.port()), "app");

        assertThat(ended.status()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().lines()).singleElement().asString().contains("X-Amz-Signature=");
    }

    @Test
    void onATerminalATokenComesWithAWarning() throws Exception {
        List<String> inATerminal = List.of(
                "script",
                "-qec",
                String.join(" ", on(postgres).command("token", postgres.clusterHost(), "5432", "app")),
                "/dev/null");

        assertThat(on(postgres).run(inATerminal).out())
                .contains("This is a password")
                .contains("X-Amz-Signature=");
    }

    @Test
    void thePolicyNamesResourceAndUserAndTheSqlMakesTheUser() throws Exception {
        Cli.Ended ended = on(postgres).run("policy", url(postgres, "postgresql"), "--resource-id", "cluster-ABC123");

        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.out())
                .contains("\"Resource\": \"arn:aws:rds-db:eu-west-1:123456789012:dbuser:cluster-ABC123/app\"")
                .contains("GRANT rds_iam TO app;");
        postgres.admin(postgres.writer(), "DROP ROLE IF EXISTS fresh");
        for (String statement : on(postgres)
                .run(
                        "policy",
                        url(postgres, "postgresql"),
                        "--resource-id",
                        "db-A1",
                        "--account",
                        "1",
                        "--user",
                        "fresh")
                .out()
                .replaceFirst("(?s).*\n\n", "")
                .split(";\n?")) {
            postgres.admin(postgres.writer(), statement);
        }
        assertThat(on(postgres)
                        .run("doctor", url(postgres, "postgresql"), "--user", "fresh")
                        .out())
                .contains("ok   login       as fresh to orders");
    }

    @Test
    void thePolicyIsNotGuessedFromTheDatabasesName() throws Exception {
        Cli.Ended ended = on(postgres).run("policy", url(postgres, "postgresql"), "--resource-id", "orders");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("`orders` is no resource id", "AWS is asked");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void thePolicysResourceIsWhatAwsSaysThatTheHostBelongsTo() throws Exception {
        try (RdsApiStub api = new RdsApiStub(postgres)) {
            assertThat(resource(api, "orders.cluster-abc.eu-west-1.rds.amazonaws.com"))
                    .isEqualTo("cluster-OFORDERS");
            assertThat(resource(api, "orders.cluster-ro-abc.eu-west-1.rds.amazonaws.com"))
                    .isEqualTo("cluster-OFORDERS");
            assertThat(resource(api, "reports.abc.eu-west-1.rds.amazonaws.com")).isEqualTo("db-OFREPORTS");
            assertThat(resource(api, "orders-1.abc.eu-west-1.rds.amazonaws.com"))
                    .as("an instance of a cluster")
                    .isEqualTo("cluster-OFORDERS");
            assertThat(resource(api, "front.proxy-abc.eu-west-1.rds.amazonaws.com"))
                    .isEqualTo("prx-0front");
            assertThat(resource(api, "readers.endpoint.proxy-abc.eu-west-1.rds.amazonaws.com"))
                    .as("another endpoint of a proxy")
                    .isEqualTo("prx-0front");
        }
    }

    private String resource(RdsApiStub api, String host) throws Exception {
        Cli.Ended ended = policy(api, host);
        assertThat(ended.status()).as(ended.all()).isZero();
        return ended.out().replaceFirst("(?s).*:dbuser:(.*)/app\".*", "$1");
    }

    private Cli.Ended policy(RdsApiStub api, String host) throws Exception {
        return on(postgres)
                .environment("AWS_ENDPOINT_URL_RDS", api.url())
                .run("policy", "jdbc:postgresql://" + host + "/orders?user=app");
    }

    @Test
    void whoMayNotAskForTheResourceIsToldWhatToDo() throws Exception {
        try (RdsApiStub api = new RdsApiStub(postgres)) {
            api.refuse("AccessDenied");
            Cli.Ended denied = policy(api, "orders-1.abc.eu-west-1.rds.amazonaws.com");
            api.refuse("DBClusterNotFoundFault");
            Cli.Ended unknown = policy(api, "ordres.cluster-abc.eu-west-1.rds.amazonaws.com");

            assertThat(denied.status()).isEqualTo(1);
            assertThat(denied.out()).isEmpty();
            assertThat(denied.err())
                    .contains("AccessDenied it says", "Allow the default credentials rds:DescribeDBInstances")
                    .contains("--resource-id");
            assertThat(unknown.status()).isEqualTo(1);
            assertThat(unknown.err()).contains("AWS knows no ordres in eu-west-1");
        }
        assertThat(on(postgres)
                        .run("policy", "jdbc:postgresql://db.internal/orders?user=app", "--region", "eu-west-1")
                        .err())
                .contains("db.internal is no name of RDS's", "sign-for", "--resource-id");
        assertThat(on(postgres)
                        .run("policy", "jdbc:mysql://some.cluster-custom-abc.eu-west-1.rds.amazonaws.com/x?user=app")
                        .err())
                .contains("AWS names no resource id of some.cluster-custom-abc");
    }

    @Test
    void theSettingsThatAnApplicationWouldHaveAreShownWithMistakes() throws Exception {
        Cli.Ended ended = new Cli()
                .environment("RDSAGENT_REGION", "eu-west-1")
                .option("-Drdsagent.lifetme=5m")
                .run("config", "--set", "lifetime=10m");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .contains("region=eu-west-1 (environment RDSAGENT_REGION)")
                .contains("lifetime=10m (")
                .contains("! ")
                .contains("lifetme");
    }

    @Test
    void aMistakeInTheSettingsIsToldAlsoWhereTheLoginSucceeds() throws Exception {
        Cli.Ended ended = on(postgres).run("doctor", url(postgres, "postgresql"), "--set", "lifetme=5m");

        assertThat(ended.out())
                .contains("FAIL settings", "Right would be rdsagent.lifetime.")
                .contains("ok   login");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void aTokenThatNoDatabaseWillTakeComesWithAWarning() throws Exception {
        Cli.Ended ended = on(postgres).run("token", "db.internal", "5432", "app", "--region", "eu-west-1");

        assertThat(ended.err()).contains("db.internal is no name of RDS's");
        assertThat(ended.out()).startsWith("db.internal:5432/?");
    }

    @Test
    void whatIsNoNumberOfAProcessIsASlip() throws Exception {
        for (String command : new String[] {"attach", "detach", "status", "watch"}) {
            Cli.Ended ended = new Cli().run(command, "orders");

            assertThat(ended.status()).as(command).isEqualTo(2);
            assertThat(ended.err()).contains("orders is no number of a process");
        }
    }

    @Test
    void aSlipOnTheCommandLineIsAnsweredByUsage() throws Exception {
        assertThat(new Cli().run("nonsense").status()).isEqualTo(2);
        assertThat(new Cli().run().err()).contains("Which command?", "doctor", "attach");
        Cli.Ended help = new Cli().run("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Exit codes:").contains("3   the JVM that was named can't be reached");
        assertThat(new Cli().run("--version").out()).startsWith("rds-jdbc-agent 1.");
    }

    private Cli on(LocalRds rds) {
        return new Cli().on(rds).environment("AWS_ENDPOINT_URL_STS", aws.url());
    }

    private static String url(LocalRds rds, String scheme) {
        return "jdbc:" + scheme + "://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app";
    }
}
