package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What MySQL and MariaDB say each in its own way. */
interface MysqlFlavour {

    /** As in {@code MariaDB}. */
    String product();

    String executable();

    /** Lines of the configuration file. */
    String settings();

    /** More of them, for a standby. */
    String standbySettings();

    /** Makes a data directory in an empty folder that is the servers' own, and runs the SQL in it, one statement a line. */
    void initialise(Path configuration, Path data, List<String> sql) throws IOException;

    /** What follows {@code CREATE USER name}. */
    String identifiedBy(String password);

    /** What RDS has beyond the plain server for clients that look for the writer; a row for each of the sites. */
    List<String> topology(List<ServerKind.Site> sites, List<String> users);

    /** Statements that have a server follow this one from where it is. */
    List<String> follow(InetSocketAddress primary, String password);

    /** Whether a server with this status follows this one and replays. */
    boolean follows(Map<String, String> status, InetSocketAddress primary);

    String statusSql();

    /** Has a standby replay all that it has received, and forget its primary. */
    void finishReplay(MysqlAdminClient admin) throws IOException;

    /** Statements that end the threads that send to standbys, before a shutdown. */
    List<String> dismissStandbys();

    /** Statements that let a former standby take writes. */
    List<String> openForWrites();

    /** Statements that let a writer take none any more. */
    List<String> closeForWrites();

    /** Asks how far a server's data have gone. */
    String positionSql();

    /** Waits, on a standby, until its data have gone so far. */
    String awaitSql(String position);
}
