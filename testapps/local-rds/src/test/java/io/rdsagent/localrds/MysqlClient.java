package io.rdsagent.localrds;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** A driver for MySQL or MariaDB, and how it is told to verify the certificate. */
enum MysqlClient {
    CONNECTOR_J("jdbc:mysql:") {
        @Override
        Map<String, String> tls(LocalRds rds, boolean withName) {
            return Map.of(
                    "sslMode",
                    withName ? "VERIFY_IDENTITY" : "VERIFY_CA",
                    "trustCertificateKeyStoreUrl",
                    trustStore(rds).toUri().toString(),
                    "trustCertificateKeyStoreType",
                    "PKCS12",
                    "trustCertificateKeyStorePassword",
                    "changeit");
        }

        @Override
        Map<String, String> plain() {
            return Map.of("sslMode", "DISABLED");
        }
    },
    MARIADB("jdbc:mariadb:") {
        @Override
        Map<String, String> tls(LocalRds rds, boolean withName) {
            return Map.of(
                    "sslMode",
                    withName ? "verify-full" : "verify-ca",
                    "serverSslCert",
                    rds.caFile().toString());
        }

        @Override
        Map<String, String> plain() {
            return Map.of("sslMode", "disable");
        }
    };

    private final String scheme;

    MysqlClient(String scheme) {
        this.scheme = scheme;
    }

    abstract Map<String, String> tls(LocalRds rds, boolean withName);

    abstract Map<String, String> plain();

    /** In this JVM, which dials the address and verifies the certificate's authority. */
    Connection logIn(LocalRds rds, Node node) throws SQLException {
        return logIn(rds, node, Client.token(rds, node.host()), tls(rds, false));
    }

    Connection logIn(LocalRds rds, Node node, String password, Map<String, String> settings) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("user", rds.user());
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10000");
        return DriverManager.getConnection(url(rds, node.address()), properties);
    }

    String url(LocalRds rds, String host) {
        return scheme + "//" + host + ":" + rds.port() + "/" + rds.database();
    }

    private static Path trustStore(LocalRds rds) {
        Path file = rds.caFile().resolveSibling("ca.p12");
        if (Files.exists(file)) {
            return file;
        }
        try (InputStream pem = Files.newInputStream(rds.caFile());
                OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            store.store(out, "changeit".toCharArray());
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The trust store could not be made.", e);
        }
    }
}
