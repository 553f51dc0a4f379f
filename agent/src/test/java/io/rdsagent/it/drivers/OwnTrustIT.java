package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Verdict;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application that says itself which certificates it trusts keeps that trust, and the driver verifies. Whatever else it
 * says then, in whatever case and place, the driver verifies all that the agent is configured to: a server of another
 * authority, or of another name, gets no token. (With Connector/J 5.1, which looks at no names, the agent's own trust counts.)
 */
class OwnTrustIT {

    private static final String P12 = "trustCertificateKeyStoreUrl=file:P12&trustCertificateKeyStoreType=PKCS12"
            + "&trustCertificateKeyStorePassword=changeit";

    private record Family(String name, Engine engine, List<String> drivers, List<String> urls) {

        Family(String name, Engine engine, List<String> drivers, String... urls) {
            this(name, engine, drivers, List.of(urls));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Family> families() {
        return Stream.of(
                        new Family(
                                "PGJDBC",
                                Engine.POSTGRES,
                                Versions.of(List.of("postgresql-42.7.14"), "postgresql-9.4.1212"),
                                "jdbc:postgresql://HOST:PORT/orders?user=app&sslrootcert=PEM&sslmode=require",
                                "jdbc:postgresql://HOST:PORT/orders?user=app&sslrootcert=PEM&sslmode=prefer",
                                "jdbc:postgresql://HOST:PORT/orders?user=app&sslrootcert=PEM&sslhostnameverifier=com.example.AnyName",
                                "jdbc:postgresql://HOST:PORT/orders?user=app&sslrootcert=PEM&sslfactory=org.postgresql.ssl.NonValidatingFactory"),
                        new Family(
                                "CONNECTOR J",
                                Engine.MYSQL,
                                Versions.of(List.of("mysql-connector-j-26.10.0"), "mysql-connector-java-8.0.13"),
                                "jdbc:mysql://HOST:PORT/orders?user=app&sslMode=REQUIRED&" + P12,
                                "jdbc:mysql://HOST:PORT/orders?user=app&SSLMODE=REQUIRED&" + P12,
                                "jdbc:mysql://HOST:PORT/orders?user=app&useSSL=true&verifyServerCertificate=false&"
                                        + P12,
                                "jdbc:mysql:loadbalance://HOST:PORT/orders?user=app&sslMode=REQUIRED&retriesAllDown=1&"
                                        + P12,
                                "jdbc:mysql:loadbalance://address=(host=HOST)(port=PORT)(sslMode=REQUIRED)/orders?user=app&retriesAllDown=1&"
                                        + P12,
                                "jdbc:mysql:replication://(host=HOST,port=PORT,sslMode=VERIFY_CA),(host=HOST,port=PORT,sslMode=VERIFY_CA)/orders?user=app&"
                                        + P12),
                        new Family(
                                "MARIADB 2",
                                Engine.MARIADB,
                                Versions.of(List.of(), "mariadb-java-client-2.7.12", "mariadb-java-client-1.8.0"),
                                "jdbc:mariadb://HOST:PORT/orders?user=app&useSsl=true&trustServerCertificate=true&serverSslCert=PEM",
                                "jdbc:mariadb://HOST:PORT/orders?user=app&USESSL=true&TRUSTSERVERCERTIFICATE=true&serverSslCert=PEM",
                                "jdbc:mariadb://HOST:PORT/orders?user=app&disableSslHostnameVerification=true&serverSslCert=PEM",
                                "jdbc:mariadb:replication://HOST:PORT/orders?user=app&useSsl=true&trustServerCertificate=true"
                                        + "&disableSslHostnameVerification=true&serverSslCert=PEM&retriesAllDown=1"),
                        new Family(
                                "MARIADB",
                                Engine.MARIADB,
                                Versions.of(
                                        List.of("mariadb-java-client-4.0.0"),
                                        "mariadb-java-client-3.0.10",
                                        "mariadb-java-client-3.5.11"),
                                "jdbc:mariadb://HOST:PORT/orders?user=app&sslMode=trust&serverSslCert=PEM",
                                "jdbc:mariadb://HOST:PORT/orders?user=app&SSLMODE=trust&serverSslCert=PEM",
                                "jdbc:mariadb://HOST:PORT/orders?user=app&sslmode=verify-ca&serverSslCert=PEM",
                                "jdbc:mariadb://HOST:PORT/orders?user=app&useSsl=true&trustServerCertificate=true&serverSslCert=PEM",
                                "jdbc:mariadb://HOST:PORT/orders?user=app&keyStore=P12&keyStoreType=PKCS12&keyStorePassword=changeit",
                                "jdbc:mariadb:replication://address=(host=HOST)(port=PORT)(sslMode=trust)/orders?user=app&serverSslCert=PEM&retriesAllDown=1",
                                "jdbc:mariadb:replication://address=(host=HOST)(port=PORT)( sslMode = trust )/orders?user=app&serverSslCert=PEM&retriesAllDown=1",
                                "jdbc:mariadb:replication://address=(host=HOST)(port=PORT)(ssl Mode=disable)/orders?user=app&serverSslCert=PEM&retriesAllDown=1",
                                "jdbc:mariadb:replication://HOST:PORT/orders?user=app&SslMode=verify-ca&serverSslCert=PEM&retriesAllDown=1"))
                .filter(family -> !family.drivers().isEmpty());
    }

    @TempDir
    Path directory;

    /** Of another authority, or with a name that its certificate does not hold. */
    @ParameterizedTest
    @MethodSource("families")
    void noStrangerGetsAToken(Family family) throws Exception {
        try (LocalRds rds = LocalRds.builder()
                .engine(family.engine())
                .nodes(2)
                .strangerCertificate(2)
                .start()) {
            for (String driver : family.drivers()) {
                ForkedJvm known = tries(family, driver, rds, rds.node(1).host());
                assertThat(known.out("connected")).as(driver + known.all()).hasSameSizeAs(family.urls());
                rds.log().clear();

                ForkedJvm stranger = tries(family, driver, rds, rds.node(2).host(), "localhost");

                assertThat(stranger.out("failed"))
                        .as(driver + stranger.all())
                        .hasSize(2 * family.urls().size());
                assertThat(rds.log().logins())
                        .as(driver + stranger.all())
                        .noneMatch(login -> login.verdict() != Verdict.NO_CREDENTIALS);
            }
        }
    }

    private ForkedJvm tries(Family family, String driver, LocalRds rds, String... hosts) throws Exception {
        Path p12 = p12(rds.caFile());
        List<String> urls = new ArrayList<>();
        for (String host : hosts) {
            for (String url : family.urls()) {
                urls.add(url.replace("PEM", rds.caFile().toString())
                        .replace("P12", p12.toString())
                        .replace("HOST", host)
                        .replace("PORT", String.valueOf(rds.port())));
            }
        }
        return ForkedJvm.of("com.example.Tries", urls.toArray(new String[0]))
                .library(driver)
                .option("-Djavax.net.ssl.trustStore=" + p12)
                .option("-Djavax.net.ssl.trustStorePassword=changeit")
                .set("match", "*")
                .set("region", "eu-west-1")
                .set("iam", "always")
                .onWithoutRoots(rds)
                .run();
    }

    private Path p12(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }
}
