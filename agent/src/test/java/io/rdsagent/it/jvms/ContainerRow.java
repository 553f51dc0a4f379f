package io.rdsagent.it.jvms;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One container on one Java, with the agent brought in one way. */
record ContainerRow(Container container, int version, Attachment attachment) {

    /** A new container is one line here and a class that lays it out. */
    private static final List<Container> CONTAINERS = List.of(
            new NamedModule(List.of(17, 25)),
            new Boot("2.7.18", List.of(8, 11, 17)),
            new Boot("3.4.4", List.of(17, 21, 25)),
            new Tomcat("8.5.100", List.of(8, 11, 17), "dbcp"),
            new Tomcat("8.5.100", List.of(8, 17), "war"),
            new Tomcat("9.0.98", List.of(8, 11, 17, 21, 25), "jdbc"),
            new Tomcat("9.0.98", List.of(17), "war"),
            new Tomcat("11.0.18", List.of(17, 21, 25), "dbcp"),
            new Tomcat("11.0.18", List.of(17), "war"),
            new WildFly("36.0.1.Final", List.of(17, 21)),
            new Liberty("24.0.0.6", List.of(8, 17, 21)),
            new Karaf("4.4.7", List.of(11, 17), "hikari", "pax-jdbc-pool-hikaricp"),
            new Karaf("4.4.7", List.of(17), "dbcp2", "pax-jdbc-pool-dbcp2"));

    /** What every build tries, on the oldest Java that it is made for: less than 100 MB to fetch. */
    private static final Set<String> QUICK = Set.of(
            "A named module",
            "Spring Boot 2.7.18 fat jar",
            "Spring Boot 3.4.4 fat jar",
            "Tomcat 8.5.100, the server's pool",
            "Tomcat 9.0.98, pool and driver in the war",
            "Tomcat 11.0.18, the server's pool");

    /** Those that this build tries and this machine has a Java for. */
    static List<ContainerRow> chosen() {
        String only = System.getProperty("matrix.only", "");
        boolean all = "all".equals(System.getProperty("matrix"));
        return all().filter(row ->
                        only.isEmpty() ? all || row.isQuick() : row.toString().contains(only))
                .filter(row -> row.java().isPresent())
                .toList();
    }

    private static Stream<ContainerRow> all() {
        return CONTAINERS.stream()
                .flatMap(container -> container.javas().stream()
                        .flatMap(version -> Stream.of(Attachment.values())
                                // The ways are the JVM's and the script's; one Java shows them.
                                .filter(way -> way == Attachment.TOOL_OPTIONS || version == 17)
                                .filter(way -> way != Attachment.OWN_OPTIONS
                                        || container.optionsVariable().isPresent())
                                .map(way -> new ContainerRow(container, version, way))));
    }

    private boolean isQuick() {
        return QUICK.contains(container.title())
                && attachment == Attachment.TOOL_OPTIONS
                && version == container.javas().get(0);
    }

    Optional<Java> java() {
        return Java.of(version);
    }

    @Override
    public String toString() {
        return container.title() + ", Java " + version + ", " + attachment.title;
    }
}
