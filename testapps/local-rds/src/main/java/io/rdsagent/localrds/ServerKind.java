package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** What all servers of a cluster are: their program, and how it says what every database can say. */
interface ServerKind {

    /** As in {@code PostgreSQL}. */
    String product();

    /** Whether a gate stands before the servers and verifies in their stead. */
    boolean gated();

    /** Makes the parts of one node; nothing is started. */
    Equipment equip(Site site, Doorman doorman) throws IOException, GeneralSecurityException;

    /** Makes the data of the first server, with users and database. It does not run afterwards. */
    void create(DatabaseServer first, Content content) throws IOException;

    /** Makes another server's data alike; neither runs. */
    void copy(DatabaseServer first, DatabaseServer other) throws IOException;

    /** Up to and with the database; parameters follow after {@code ?}. */
    String jdbcUrl(String host, int port, String database);

    /** The parameters with which the administrator logs in behind the gate. */
    String adminParameters(String password);

    /** Its first column is the server's version. */
    String versionSql();

    /** Its first column is the number of sessions of IAM users. */
    String sessionsSql();

    /**
     * Where one node is.
     *
     * @param index from 1
     * @param name as in {@code orders-1}
     * @param host the instance's endpoint
     * @param client where clients dial
     * @param backend where the server itself listens
     * @param data its data directory
     * @param identity its certificate; empty if it speaks no TLS
     */
    record Site(
            int index,
            String name,
            String host,
            InetSocketAddress client,
            InetSocketAddress backend,
            Path data,
            Optional<TestCertificates.Identity> identity) {}

    /** The parts of one node. */
    record Equipment(DatabaseServer server, Front front) {}

    /**
     * What is in the database at first.
     *
     * @param database its name
     * @param users the IAM users; the first one owns it
     * @param topology whether what RDS adds for clients that look for the writer is there
     * @param multiAz whether that is what a Multi-AZ DB cluster has
     * @param sites all nodes
     */
    record Content(String database, List<String> users, boolean topology, boolean multiAz, List<Site> sites) {}
}
