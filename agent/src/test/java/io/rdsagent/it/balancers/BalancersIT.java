package io.rdsagent.it.balancers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.matrix.Cell;
import io.rdsagent.it.matrix.Report;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Node;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What stands between: the address dialled is the balancer's, the token and the certificate are the database's. */
class BalancersIT {

    private static final boolean ALL = "all".equals(System.getProperty("matrix"));
    private static final Path TABLE = Path.of("target", "matrix", "balancers.md");
    private static final Report REPORT = new Report();
    /** They mostly wait. */
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(ALL ? 2 : 3);

    @TempDir
    static Path folder;

    /** One row of the table. */
    private record Row(Way way, Engine engine) {

        boolean isPostgres() {
            return engine == Engine.POSTGRES;
        }

        @Override
        public String toString() {
            return way.title + ", " + (isPostgres() ? "PostgreSQL" : "MySQL");
        }
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    /** The rows stand in the order of the list, whichever ends first. */
    @TestFactory
    Stream<DynamicTest> logsInRotatesAndLosesNothing() {
        Map<Row, Future<?>> runs = new LinkedHashMap<>();
        for (Row row : rows()) {
            put(row, "login", Cell.of(""));
            runs.put(row, THREADS.submit(() -> {
                tryAll(row);
                return null;
            }));
        }
        return runs.entrySet().stream()
                .map(run -> DynamicTest.dynamicTest(run.getKey().toString(), () -> {
                    Assumptions.assumeTrue(run.getKey().way().isInstalled(), "not installed");
                    try {
                        run.getValue().get();
                    } catch (ExecutionException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    private static List<Row> rows() {
        String only = System.getProperty("matrix.only", "");
        List<Row> rows = new ArrayList<>();
        for (Engine engine : List.of(Engine.POSTGRES, Engine.MYSQL)) {
            for (Way way : Way.values()) {
                Row row = new Row(way, engine);
                boolean isQuick = way == Way.HAPROXY || (engine == Engine.POSTGRES && way == Way.NGINX);
                if (only.isEmpty() ? ALL || isQuick : row.toString().contains(only)) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static void tryAll(Row row) throws Exception {
        if (!row.way().isInstalled()) {
            return;
        }
        int nodes = row.way().isBalancer() ? 2 : 1;
        try (LocalRds rds = LocalRds.builder()
                .engine(row.engine())
                .nodes(nodes)
                .aurora(false)
                .start()) {
            new Trial(row, rds, Files.createTempDirectory(folder, "balancer")).run();
        }
    }

    private static synchronized void put(Row row, String column, Cell cell) {
        REPORT.table("What stands between", row.isPostgres() ? "PostgreSQL" : "MySQL", "")
                .put(row.way().title, column, cell);
        REPORT.write(TABLE);
    }

    /** All that is tried with one balancer before one cluster. */
    private record Trial(Row row, LocalRds rds, Path folder) {

        void run() throws Exception {
            try (Way.Opened way = row.way().open(rds, row.isPostgres(), 0, folder);
                    Borrower application = start(way, "lifetime=4s", "lifetime.margin=1s", "idle=off")) {
                logsIn(application);
                rotates(application);
            }
            losesNothingWithItsServer();
            if (row.way().isBalancer()) {
                leavesBeforeTheBalancersTimeout();
                noticesWhatTheBalancerHasClosed();
                sendsNoTokenToABalancerThatEndsTls();
            }
        }

        private Borrower start(Way.Opened way, String... settings) throws IOException {
            return Borrower.start(rds, row.isPostgres(), way, settings);
        }

        private void logsIn(Borrower application) throws Exception {
            Borrower.Answer answer = application.fill();

            assertThat(answer.errors()).as(application.jvm().all()).isZero();
            assertThat(rds.log().logins())
                    .as("each for the name whose certificate answered")
                    .hasSizeGreaterThanOrEqualTo(Borrower.SIZE)
                    .extracting(Login::verdict)
                    .containsOnly(Verdict.ACCEPTED);
            if (row.way().isBalancer()) {
                assertThat(answer.servers()).contains("orders-1=", "orders-2=");
            }
            put(row, "login", Cell.ok());
        }

        private void rotates(Borrower application) throws Exception {
            Awaitility.await("two more rounds of logins")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        assertThat(application.borrow(2).errors())
                                .as(application.jvm().all())
                                .isZero();
                        return rds.log().logins().size() >= 2 * Borrower.SIZE;
                    });
            assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
            put(row, "rotation", Cell.ok());
        }

        /** Nothing tests its connections but the agent. */
        private void losesNothingWithItsServer() throws Exception {
            try (Way.Opened way = row.way().open(rds, row.isPostgres(), 0, folder);
                    Borrower application = start(way, "lifetime=off", "idle=off")) {
                application.fill();
                awaitLook(application);
                Node lost = rds.node(rds.nodes().size());
                lost.kill();
                if (rds.nodes().size() == 1) {
                    lost.start();
                }
                application.awaitRetired("closed by the other side", rds.nodes().size() == 1 ? Borrower.SIZE : 1);

                Borrower.Answer answer = application.borrow(2 * Borrower.SIZE);

                assertThat(answer.errors()).as(application.jvm().all()).isZero();
                if (row.way().isBalancer()) {
                    assertThat(answer.servers()).isEqualTo("{orders-1=" + 2 * Borrower.SIZE + "}");
                    lost.start();
                }
                put(row, "server killed", Cell.ok());
            }
        }

        /**
         * The kernel's table is looked at each second, and believed from when it has shown a connection as open. Who loses all
         * that he has before that finds it out by borrowing.
         */
        private static void awaitLook(Borrower application) {
            Awaitility.await()
                    .pollDelay(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> application.borrow(1).errors() == 0);
        }

        private void leavesBeforeTheBalancersTimeout() throws Exception {
            try (Way.Opened way = row.way().open(rds, row.isPostgres(), 8, folder);
                    Borrower application = Borrower.start(
                            rds, row.isPostgres(), way, "lifetime=off", "idle=2s", "health.interval=1s")) {
                application.fill();
                application.awaitRetired("idle", Borrower.SIZE);

                assertThat(application.retired("closed by the other side")).isZero();
                assertThat(application.borrow(Borrower.SIZE).errors())
                        .as(application.jvm().all())
                        .isZero();
                put(row, "idle before the timeout", Cell.ok());
            }
        }

        private void noticesWhatTheBalancerHasClosed() throws Exception {
            try (Way.Opened way = row.way().open(rds, row.isPostgres(), 6, folder);
                    Borrower application = Borrower.start(
                            rds, row.isPostgres(), way, "lifetime=off", "idle=off", "health.interval=1s")) {
                application.fill();
                application.awaitRetired("closed by the other side", Borrower.SIZE);

                assertThat(application.borrow(Borrower.SIZE).errors())
                        .as(application.jvm().all())
                        .isZero();
                assertThat(application.jvm().err())
                        .anyMatch(line -> line.contains("from its side") && line.contains("set `idle` below it"));
                put(row, "idle after the timeout", Cell.ok());
            }
        }

        private void sendsNoTokenToABalancerThatEndsTls() throws Exception {
            Path pem = certificate();
            int before = rds.log().logins().size();
            try (BalancerProcess balancer = row.way() == Way.HAPROXY
                    ? BalancerProcess.haproxyThatEndsTls(rds, pem, folder)
                    : BalancerProcess.nginxThatEndsTls(rds, pem, folder)) {
                if (row.isPostgres()) {
                    assertThat(refusal(balancer, "jdbc:postgresql", "&sslNegotiation=direct"))
                            .contains("TLS may end before the database");
                }
                assertThat(refusal(balancer, row.isPostgres() ? "jdbc:postgresql" : "jdbc:mysql", ""))
                        .containsPattern("let it pass TLS through|not pass TLS through|ends TLS");
            }
            assertThat(rds.log().logins()).as("no token came through").hasSize(before);
            put(row, "TLS ended", Cell.ok("Refused, no token sent."));
        }

        private String refusal(BalancerProcess balancer, String scheme, String parameters) throws Exception {
            Way.Opened way = new Way.Opened(
                    balancer.host(), rds.node(1).host() + ":" + rds.port(), Map.of(), rds.hostsFile(), balancer);
            ForkedJvm.Builder jvm = ForkedJvm.of(
                            "com.example.Connects",
                            scheme + "://" + way.host() + "/orders?user=app" + parameters,
                            "1",
                            "5")
                    .library(row.isPostgres() ? "postgresql-" + ForkedJvm.NEWEST_PGJDBC : "mysql-connector-j-9.7.0")
                    .on(rds);
            ForkedJvm ended = way.set(jvm).run();
            assertThat(ended.out("failed")).as(ended.all()).hasSize(1);
            return ended.all();
        }

        /** The balancer's own: of an authority that the agent doesn't trust, and for another name. */
        private Path certificate() throws Exception {
            Path keys = folder.resolve("balancer.p12");
            Path pem = folder.resolve("balancer.pem");
            if (!Files.exists(pem)) {
                Process keytool = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "lb",
                                "-dname",
                                "CN=lb.corp.example",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "password",
                                "-keystore",
                                keys.toString())
                        .inheritIO()
                        .start();
                assertThat(keytool.waitFor()).isZero();
                KeyStore store = KeyStore.getInstance(keys.toFile(), "password".toCharArray());
                Files.writeString(
                        pem,
                        pem(
                                        "PRIVATE KEY",
                                        store.getKey("lb", "password".toCharArray())
                                                .getEncoded())
                                + pem("CERTIFICATE", store.getCertificate("lb").getEncoded()));
            }
            return pem;
        }

        private static String pem(String what, byte[] bytes) {
            return "-----BEGIN " + what + "-----\n"
                    + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END "
                    + what
                    + "-----\n";
        }
    }
}
