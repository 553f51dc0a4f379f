package io.rdsagent.it.matrix;

import io.rdsagent.it.ForkedJvm;
import java.util.List;

/**
 * A driver in one version.
 *
 * @param speech how the program in the other JVM speaks to it
 * @param version as a column's head
 * @param jars by their names without {@code .jar}
 */
record TestedDriver(Family family, String speech, String version, List<String> jars) {

    /** What is shown in one table. */
    enum Family {
        PGJDBC("pgjdbc"),
        CONNECTOR_J("MySQL Connector/J"),
        MARIADB("MariaDB Connector/J");

        final String title;

        Family(String title) {
            this.title = title;
        }
    }

    private static final String NEWEST_CONNECTOR_J = "26.10.0";
    private static final String WRAPPER = System.getProperty("aws-wrapper.version");

    /** Of each family, older ones first. A new version is one line here and one in the POM. */
    static final List<TestedDriver> ALL = List.of(
            pgjdbc("9.4.1212"),
            pgjdbc("42.2.0"),
            pgjdbc("42.2.5"),
            pgjdbc("42.2.29"),
            pgjdbc("42.3.8"),
            pgjdbc("42.5.6"),
            pgjdbc(ForkedJvm.NEWEST_PGJDBC),
            wrapper(Family.PGJDBC, "postgresql-" + ForkedJvm.NEWEST_PGJDBC),
            connectorJ("java-", "5.1.49"),
            connectorJ("java-", "8.0.13"),
            connectorJ("j-", "8.0.33"),
            connectorJ("j-", "8.4.0"),
            connectorJ("j-", "9.7.0"),
            connectorJ("j-", NEWEST_CONNECTOR_J),
            wrapper(Family.CONNECTOR_J, "mysql-connector-j-" + NEWEST_CONNECTOR_J),
            mariaDb("1.8.0"),
            mariaDb("2.7.12"),
            mariaDb("3.0.10"),
            mariaDb("3.5.11"),
            mariaDb("4.0.0"));

    private static TestedDriver pgjdbc(String version) {
        return new TestedDriver(Family.PGJDBC, "PGJDBC", version, List.of("postgresql-" + version));
    }

    private static TestedDriver connectorJ(String name, String version) {
        return new TestedDriver(
                Family.CONNECTOR_J, "CONNECTOR_J", version, List.of("mysql-connector-" + name + version));
    }

    private static TestedDriver mariaDb(String version) {
        return new TestedDriver(Family.MARIADB, "MARIADB", version, List.of("mariadb-java-client-" + version));
    }

    private static TestedDriver wrapper(Family family, String target) {
        return new TestedDriver(
                family,
                "WRAPPED_" + family,
                "AWS wrapper " + WRAPPER,
                List.of("aws-advanced-jdbc-wrapper-" + WRAPPER, target));
    }

    boolean isWrapper() {
        return speech.startsWith("WRAPPED");
    }

    boolean isFor(TestedServer server) {
        return server.isPostgres() == (family == Family.PGJDBC);
    }

    /** Whether this version comes before another: {@code 3}, {@code 42.5}. */
    boolean isBefore(String other) {
        String[] ours = version.split("\\.");
        String[] theirs = other.split("\\.");
        for (int i = 0; i < theirs.length; i++) {
            int difference = Integer.compare(Integer.parseInt(ours[i]), Integer.parseInt(theirs[i]));
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return family.title + " " + version;
    }
}
