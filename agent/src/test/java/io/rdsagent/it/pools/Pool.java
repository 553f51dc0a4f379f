package io.rdsagent.it.pools;

import io.rdsagent.it.ForkedJvm;
import java.util.List;
import java.util.stream.Stream;

/**
 * One version of one pool.
 *
 * @param kind as {@code com.example.pools.Make} knows it
 * @param artifacts group:artifact:version; what they need comes with them
 * @param quick whether it is the oldest or newest of its kind, which every build tries
 */
public record Pool(String kind, String version, boolean quick, List<String> artifacts) {

    /** A transaction manager; the later one has jakarta.transaction. */
    private static final String NARAYANA = "org.jboss.narayana.jta:narayana-jta:5.13.1.Final";

    private static final String JBOSS_LOGGING = "org.jboss.logging:jboss-logging:3.4.3.Final";

    private static final String NARAYANA_JAKARTA = "org.jboss.narayana.jta:narayana-jta:7.0.2.Final";

    /** Every pool that is looked after. To add one is a line here and one in {@code Make}. */
    public static List<Pool> all() {
        return Stream.of(
                        of(
                                "hikari",
                                "com.zaxxer:HikariCP",
                                "2.4.7",
                                "3.4.5",
                                "4.0.3",
                                "5.1.0",
                                "6.3.3",
                                newestHikari()),
                        of(
                                "tomcat",
                                "org.apache.tomcat:tomcat-jdbc",
                                "8.5.100",
                                "9.0.98",
                                "10.1.34",
                                "10.1.55",
                                "11.0.25"),
                        of("dbcp2", "org.apache.commons:commons-dbcp2", "2.1.1", "2.9.0", "2.14.0"),
                        of("tomcat-dbcp", "org.apache.tomcat:tomcat-dbcp", "8.5.100", "10.1.52", "11.0.18"),
                        of("dbcp1", "commons-dbcp:commons-dbcp", "1.4"),
                        of("c3p0", "com.mchange:c3p0", "0.9.5.5", "0.10.2", "0.14.1"),
                        of("vibur", "org.vibur:vibur-dbcp", "26.0"),
                        of("druid", "com.alibaba:druid", "1.1.10", "1.1.24", "1.2.28"),
                        with(
                                "dbcp2-xa",
                                "2.14.0",
                                "org.apache.commons:commons-dbcp2:2.14.0",
                                "org.jboss.spec.javax.transaction:jboss-transaction-api_1.3_spec:2.0.0.Final",
                                NARAYANA,
                                JBOSS_LOGGING),
                        of("agroal", "io.agroal:agroal-pool", "1.16", "2.5", "3.2.1"),
                        with(
                                "agroal-xa",
                                "1.16",
                                "io.agroal:agroal-pool:1.16",
                                "io.agroal:agroal-narayana:1.16",
                                NARAYANA,
                                JBOSS_LOGGING),
                        with(
                                "agroal-xa",
                                "3.2.1",
                                "io.agroal:agroal-pool:3.2.1",
                                "io.agroal:agroal-narayana:3.2.1",
                                NARAYANA_JAKARTA,
                                JBOSS_LOGGING),
                        ucp("19.3.0.0", "ojdbc8"),
                        ucp("23.26.4.0.0", "ojdbc11"),
                        with("pgjdbc", "42.2.29"),
                        with("pgjdbc", "42.7.14"),
                        of("h2", "com.h2database:h2", "1.4.200", "2.2.224", "2.5.252"),
                        ironJacamar("ironjacamar", "1.4.38.Final", "1.5.9.Final"),
                        ironJacamar("ironjacamar-list", "1.5.9.Final"),
                        ironJacamar("ironjacamar-xa", "1.4.38.Final", "1.5.9.Final", "3.0.0.Final"))
                .flatMap(versions -> versions)
                .toList();
    }

    /** The driver that it pools, which may be what has the pool. */
    String pgjdbc() {
        return kind.equals("pgjdbc") ? version : "42.2.29";
    }

    /**
     * Those that this build tries: the oldest and the newest of each kind; with {@code -Pmatrix} all; with
     * {@code -Dmatrix.only=c3p0}, or {@code -Dmatrix.only="c3p0 0.9"}, those whose name begins so; more
     * with commas between.
     */
    static List<Pool> chosen() {
        String only = System.getProperty("matrix.only", "");
        return all().stream()
                .filter(pool -> only.isEmpty()
                        ? pool.quick || "all".equals(System.getProperty("matrix"))
                        : Stream.of(only.split(",")).anyMatch(pool.toString()::startsWith))
                .toList();
    }

    /** Of each kind. */
    public static List<Pool> oldestAndNewest() {
        return all().stream().filter(Pool::quick).toList();
    }

    /** It doesn't load without Oracle's driver, whichever driver it pools. */
    private static Stream<Pool> ucp(String version, String driver) {
        return with(
                "ucp",
                version,
                "com.oracle.database.jdbc:ucp:" + version,
                "com.oracle.database.jdbc:" + driver + ":" + version);
    }

    private static Stream<Pool> ironJacamar(String kind, String... versions) {
        return Stream.of(versions)
                .flatMap(version -> with(
                        kind,
                        version,
                        "org.jboss.ironjacamar:ironjacamar-jdbc:" + version,
                        "org.jboss.ironjacamar:ironjacamar-core-impl:" + version,
                        version.startsWith("1") ? NARAYANA : NARAYANA_JAKARTA));
    }

    /** One version that needs others beside it. */
    private static Stream<Pool> with(String kind, String version, String... artifacts) {
        return Stream.of(new Pool(kind, version, true, List.of(artifacts)));
    }

    /** From the oldest to the newest. */
    private static Stream<Pool> of(String kind, String artifact, String... versions) {
        return Stream.of(versions)
                .map(version -> new Pool(
                        kind,
                        version,
                        version.equals(versions[0]) || version.equals(versions[versions.length - 1]),
                        List.of(artifact + ":" + version)));
    }

    private static String newestHikari() {
        return ForkedJvm.NEWEST_HIKARICP;
    }

    @Override
    public String toString() {
        return kind + " " + version;
    }
}
