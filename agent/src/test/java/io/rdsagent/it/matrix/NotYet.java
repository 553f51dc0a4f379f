package io.rdsagent.it.matrix;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * What does not work yet and is reported without failing the build. Once it works, the whole matrix fails until it is taken
 * out.
 *
 * @param what as the end of a sentence that begins with Not there yet
 */
record NotYet(String what, BiPredicate<TestedDriver, Way> covers) {

    static final List<NotYet> ALL = List.of(
            new NotYet("Connector/J 5.1", (driver, way) -> driver.version().equals("5.1.49")),
            new NotYet(
                    "MariaDB Connector/J 1", (driver, way) -> driver.version().equals("1.8.0")),
            new NotYet(
                    "MariaDB Connector/J 2", (driver, way) -> driver.version().equals("2.7.12")),
            new NotYet(
                    "hosts that Connector/J spreads by itself",
                    (driver, way) -> driver.speech().endsWith("CONNECTOR_J") && spreads(way)),
            new NotYet(
                    "hosts that MariaDB Connector/J spreads by itself",
                    (driver, way) -> driver.speech().equals("MARIADB") && spreads(way)),
            new NotYet(
                    "the cancel of MariaDB Connector/J",
                    (driver, way) -> driver.speech().equals("MARIADB") && way == Way.CANCEL),
            new NotYet(
                    "MariaDB's static connect, by which its data sources go too",
                    (driver, way) -> driver.speech().equals("MARIADB") && goesStatically(way)));

    static List<NotYet> covering(TestedDriver driver, Way way) {
        return ALL.stream().filter(gap -> gap.covers.test(driver, way)).toList();
    }

    private static boolean spreads(Way way) {
        return way == Way.LOADBALANCE || way == Way.REPLICATION;
    }

    private static boolean goesStatically(Way way) {
        return switch (way) {
            case STATIC_CONNECT, DATA_SOURCE, CONNECTION_POOL_DATA_SOURCE, XA_DATA_SOURCE -> true;
            default -> false;
        };
    }
}
