package io.rdsagent.it.matrix;

import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import java.util.List;

/** A server that drivers are tried on. */
record TestedServer(Engine engine, String version) {

    /** Older ones first. */
    static final List<TestedServer> ALL = List.of(
            new TestedServer(Engine.POSTGRES, "14"),
            new TestedServer(Engine.POSTGRES, "15"),
            new TestedServer(Engine.POSTGRES, "16"),
            new TestedServer(Engine.POSTGRES, "17"),
            new TestedServer(Engine.POSTGRES, "18"),
            new TestedServer(Engine.MYSQL, "8.0"),
            new TestedServer(Engine.MARIADB, "10.11"),
            new TestedServer(Engine.MARIADB, "11.4"));

    String product() {
        return switch (engine) {
            case POSTGRES -> "PostgreSQL";
            case MYSQL -> "MySQL";
            case MARIADB -> "MariaDB";
        };
    }

    boolean isPostgres() {
        return engine == Engine.POSTGRES;
    }

    LocalRds start() {
        return LocalRds.builder().engine(engine).version(version).nodes(1).start();
    }

    @Override
    public String toString() {
        return product() + " " + version;
    }
}
