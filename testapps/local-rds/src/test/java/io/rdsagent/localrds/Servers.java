package io.rdsagent.localrds;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** Which servers are on this machine. MySQL 8.0 always is: the build fetches it. */
final class Servers {

    private Servers() {}

    static void assumeAvailable(Engine engine, String version) throws IOException {
        boolean there = switch (engine) {
            case MYSQL -> true;
            case MARIADB -> MariaDbBinaries.available(version);
            case POSTGRES -> PostgresBinaries.jar(version).find().isPresent();
        };
        assumeTrue(there, engine + " " + version + " was not fetched; mvn -Pall-servers does it");
    }
}
