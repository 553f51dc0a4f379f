package io.rdsagent.it.matrix;

import io.rdsagent.it.matrix.TestedDriver.Family;
import io.rdsagent.localrds.Engine;
import java.util.Optional;

/** A way to a connection, or to another login on one. What each does is in {@code com.example.WaysIn}. */
enum Way {
    DRIVER_MANAGER("`DriverManager`"),
    DATA_SOURCE("`DataSource`"),
    CONNECTION_POOL_DATA_SOURCE("`ConnectionPoolDataSource`"),
    XA_DATA_SOURCE("`XADataSource`, a branch"),
    STATIC_CONNECT("the driver's static connect"),
    LOGIN_TIMEOUT("`loginTimeout`"),
    FIRST_HOST_DEAD("several hosts, the first dead"),
    LOADBALANCE("`loadbalance:`"),
    REPLICATION("`replication:`"),
    SEQUENTIAL("`sequential:`"),
    AUTO_RECONNECT("`autoReconnect`"),
    QUERY_TIMEOUT("query timeout, through a balancer"),
    CANCEL("`Statement.cancel`"),
    RESET_SERVER_STATE("`resetServerState`"),
    CHANGE_USER("`changeUser`"),
    IPV6("an IPv6 literal"),
    CREDENTIALS_IN_URL("a wrong password in the URL"),
    SERVICE_FILE("a service file"),
    DIALLED_ELSEWHERE("through a balancer, `sign-for`"),
    UNKNOWN_AUTHORITY("refused: unknown authority"),
    OTHER_NAME("refused: another's certificate");

    final String title;

    Way(String title) {
        this.title = title;
    }

    /** Whether the agent must keep its token to itself. */
    boolean isRefused() {
        return this == UNKNOWN_AUTHORITY || this == OTHER_NAME;
    }

    /** Whether the agent has a failure to tell where all is well. */
    boolean warns() {
        return isRefused() || this == FIRST_HOST_DEAD;
    }

    /** How many logins the server must have seen, at least. */
    int logins(TestedDriver driver) {
        return switch (this) {
            case UNKNOWN_AUTHORITY, OTHER_NAME -> 0;
            case AUTO_RECONNECT -> 3;
            case REPLICATION -> driver.family() == Family.PGJDBC ? 1 : 2;
            case CANCEL -> driver.family() == Family.PGJDBC ? 1 : 2;
            case CHANGE_USER -> 2;
            default -> 1;
        };
    }

    /** Why the driver has no such way; empty if it has. */
    Optional<String> absent(TestedDriver driver, TestedServer server) {
        boolean pgjdbc = driver.family() == Family.PGJDBC;
        boolean mariaDb = driver.family() == Family.MARIADB;
        return Optional.ofNullable(
                switch (this) {
                    case CONNECTION_POOL_DATA_SOURCE, XA_DATA_SOURCE ->
                        driver.isWrapper() ? "The wrapper has a DataSource and no other." : null;
                    case FIRST_HOST_DEAD ->
                        driver.isWrapper() ? "The wrapper connects to the first host of a list, or fails." : null;
                    case STATIC_CONNECT -> mariaDb ? null : "Only MariaDB's driver has one.";
                    case IPV6 -> versionSix(driver);
                    case LOADBALANCE, REPLICATION ->
                        driver.isWrapper() && !pgjdbc
                                ? "The wrapper gives up its statements when the driver beneath it changes the host."
                                : null;
                    case SEQUENTIAL ->
                        mariaDb
                                ? null
                                : "Only MariaDB's driver has the word; elsewhere a plain list of hosts means it.";
                    case AUTO_RECONNECT -> reconnects(driver);
                    case RESET_SERVER_STATE, CHANGE_USER ->
                        mariaDb || pgjdbc ? "Only Connector/J has a call that logs another time in." : null;
                    case SERVICE_FILE -> serviceFile(driver);
                    case QUERY_TIMEOUT ->
                        mariaDb && !driver.isBefore("3") && server.engine() == Engine.MYSQL
                                ? "MariaDB Connector/J 3 leaves query timeouts to the server, which has to be a MariaDB."
                                : null;
                    default -> null;
                });
    }

    /** What a family calls it, where that is not the title. */
    Optional<String> calledOtherwise(TestedDriver driver) {
        if (driver.family() != Family.PGJDBC) {
            return Optional.empty();
        }
        return switch (this) {
            case LOADBALANCE -> Optional.of("pgjdbc's word is `loadBalanceHosts=true`.");
            case REPLICATION -> Optional.of("pgjdbc's word is `targetServerType`.");
            default -> Optional.empty();
        };
    }

    private static String versionSix(TestedDriver driver) {
        if (driver.isWrapper()) {
            return "The wrapper can't read one in a URL.";
        }
        return driver.version().startsWith("5.")
                ? "Connector/J 5.1 reads one in its address=(protocol=tcp)(host=...) alone; there it works."
                : null;
    }

    private static String reconnects(TestedDriver driver) {
        if (driver.family() == Family.PGJDBC) {
            return "pgjdbc never reconnects.";
        }
        return driver.family() == Family.MARIADB && !driver.isBefore("3")
                ? "MariaDB Connector/J 3.0 has dropped it."
                : null;
    }

    private static String serviceFile(TestedDriver driver) {
        if (driver.isWrapper()) {
            return "The wrapper wants a host in the URL.";
        }
        if (driver.family() != Family.PGJDBC) {
            return "Only pgjdbc reads such files.";
        }
        return driver.isBefore("42.5") ? "This version of pgjdbc reads none." : null;
    }
}
