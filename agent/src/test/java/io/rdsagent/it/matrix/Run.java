package io.rdsagent.it.matrix;

import io.rdsagent.localrds.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One driver on one server, in one JVM.
 *
 * @param onJava8 in place of the build's Java
 */
record Run(TestedServer server, TestedDriver driver, boolean onJava8) {

    /** Each version on each server; by servers, so that each is started once. */
    static List<Run> all() {
        return TestedServer.ALL.stream()
                .flatMap(server -> TestedDriver.ALL.stream()
                        .filter(driver -> driver.isFor(server))
                        .map(driver -> new Run(server, driver, false)))
                .toList();
    }

    /** Of both the oldest and the newest, and the wrapper. */
    static List<Run> outermost() {
        return all().stream()
                .filter(run -> run.server.equals(oldest(run.server)) || run.server.equals(newest(run.server)))
                .filter(run -> run.driver.isWrapper()
                        || run.driver.equals(oldest(run.driver))
                        || run.driver.equals(newest(run.driver)))
                .toList();
    }

    /** Each run, followed by the same on Java 8 if the driver is its family's oldest and the server its engine's newest. */
    static List<Run> withJava8(List<Run> runs) {
        List<Run> more = new ArrayList<>();
        for (Run run : runs) {
            more.add(run);
            boolean own = run.driver.family() != TestedDriver.Family.CONNECTOR_J || run.server.engine() == Engine.MYSQL;
            boolean theirs =
                    run.driver.family() != TestedDriver.Family.MARIADB || run.server.engine() == Engine.MARIADB;
            if (own && theirs && run.driver.equals(oldest(run.driver)) && run.server.equals(newest(run.server))) {
                more.add(new Run(run.server, run.driver, true));
            }
        }
        return more;
    }

    private static TestedServer oldest(TestedServer server) {
        return sameEngine(server).findFirst().orElseThrow();
    }

    private static TestedServer newest(TestedServer server) {
        return sameEngine(server).reduce((older, newer) -> newer).orElseThrow();
    }

    private static Stream<TestedServer> sameEngine(TestedServer server) {
        return TestedServer.ALL.stream().filter(other -> other.engine() == server.engine());
    }

    private static TestedDriver oldest(TestedDriver driver) {
        return sameFamily(driver).findFirst().orElseThrow();
    }

    private static TestedDriver newest(TestedDriver driver) {
        return sameFamily(driver).reduce((older, newer) -> newer).orElseThrow();
    }

    private static Stream<TestedDriver> sameFamily(TestedDriver driver) {
        return TestedDriver.ALL.stream().filter(other -> other.family() == driver.family() && !other.isWrapper());
    }

    @Override
    public String toString() {
        return driver + " on " + server + (onJava8 ? ", Java 8" : "");
    }
}
