package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The configuration files of one node.
 *
 * @param node the node's name
 * @param address where PostgreSQL itself listens
 * @param adminPassword the administrator's
 * @param identity the server's certificate; empty if the server speaks no TLS
 * @param hba the lines of pg_hba.conf that decide about everybody but the administrator
 */
record PostgresSettings(
        String node,
        InetSocketAddress address,
        String adminPassword,
        Optional<TestCertificates.Identity> identity,
        String hba) {

    /** How the administrator and the standbys log in, encrypted or not. */
    private static final String ADMIN_HBA = """
            host all         rdsadmin 127.0.0.0/8 password
            host replication rdsadmin 127.0.0.0/8 password
            """;

    /** Small, and quick rather than safe: the data does not outlive the run. */
    private static final String COMMON = """
            unix_socket_directories = ''
            fsync = off
            shared_buffers = 16MB
            dynamic_shared_memory_type = mmap
            max_connections = 200
            max_prepared_transactions = 50
            wal_level = replica
            wal_keep_size = 128MB
            max_wal_size = 256MB
            hot_standby = on
            wal_receiver_status_interval = 1s
            wal_retrieve_retry_interval = 100ms
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_line_prefix = '%m [%p] %u@%d %h '
            """;

    static String hbaOfInstalled(LdapVerifier ldap, String node) {
        return "hostnossl all all 0.0.0.0/0 reject\n"
                + "hostssl all +rds_iam 127.0.0.0/8 " + ldap.hbaOptions(node) + "\n"
                + "hostssl all all 127.0.0.0/8 scram-sha-256\n";
    }

    /** Behind the gate whoever comes was verified. */
    static String hbaBehindGate() {
        return "host all +rds_iam 127.0.0.0/8 trust\nhost all all 127.0.0.0/8 reject\n";
    }

    /** Writes all files; the node follows the given primary, or none if empty. */
    void write(Path data, Optional<InetSocketAddress> primary) throws IOException {
        Files.writeString(data.resolve("pg_hba.conf"), ADMIN_HBA + hba);
        Files.writeString(data.resolve("postgresql.conf"), configuration(primary));
        if (identity.isPresent()) {
            Files.writeString(data.resolve("server.crt"), identity.get().certificatePem());
            Path key = data.resolve("server.key");
            Files.writeString(key, identity.get().keyPem());
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
        if (primary.isPresent()) {
            Files.writeString(data.resolve("standby.signal"), "");
        } else {
            Files.deleteIfExists(data.resolve("standby.signal"));
        }
    }

    private String configuration(Optional<InetSocketAddress> primary) {
        return COMMON
                + "listen_addresses = '" + address.getAddress().getHostAddress() + "'\n"
                + "port = " + address.getPort() + "\n"
                + "cluster_name = '" + node + "'\n"
                + (identity.isPresent()
                        ? "ssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\n"
                        : "ssl = off\n")
                + primary.map(p -> "primary_conninfo = '" + connectionInfo(p) + "'\n")
                        .orElse("");
    }

    private String connectionInfo(InetSocketAddress primary) {
        return "host=" + primary.getAddress().getHostAddress() + " port=" + primary.getPort() + " user="
                + AdminClient.USER + " password=" + adminPassword + " sslmode=disable application_name=" + node;
    }
}
