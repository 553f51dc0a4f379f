package io.rdsagent.it.jvms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Open Liberty with its own pool. */
record Liberty(String version, List<Integer> javas) implements Container {

    @Override
    public String title() {
        return "Open Liberty " + version + ", its dataSource";
    }

    @Override
    public void layOut(Site site) throws IOException {
        new Distribution("io.openliberty:openliberty-runtime:zip:" + version).unpack(site.home());
        Path server = Files.createDirectories(site.home().resolve("usr/servers/defaultServer"));
        Files.copy(site.driver(), server.resolve("driver.jar"));
        Files.writeString(
                server.resolve("server.xml"),
                "<server><featureManager><feature>servlet-4.0</feature><feature>jdbc-4.2</feature><feature>jndi-1.0</feature>"
                        + "</featureManager><httpEndpoint id=\"defaultHttpEndpoint\" host=\"127.0.0.1\" httpPort=\""
                        + site.port() + "\" httpsPort=\"-1\"/>"
                        + "<library id=\"driver\"><file name=\"${server.config.dir}/driver.jar\"/></library>"
                        + "<dataSource id=\"orders\" jndiName=\"jdbc/orders\"><jdbcDriver libraryRef=\"driver\"/>"
                        + "<properties.postgresql URL=\"" + Site.xml(site.url()) + "\" user=\"app\" password=\""
                        + Site.xml(site.password()) + "\"/>"
                        + "<connectionManager maxPoolSize=\"2\"/></dataSource>"
                        + "<webApplication location=\"app.war\" contextRoot=\"/app\"/></server>\n");
        War.ofServersPool("javax", "jdbc/orders")
                .write(server.resolve("apps/app.war"), site, List.of(servletApi(site)));
    }

    private static Path servletApi(Site site) throws IOException {
        try (Stream<Path> files = Files.list(site.home().resolve("dev/api/spec"))) {
            return files.filter(file -> file.getFileName().toString().matches(".*javaee.servlet.4.0.*jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public List<String> command(Site site) {
        return List.of(site.home().resolve("bin/server").toString(), "run", "defaultServer");
    }

    @Override
    public Map<String, String> environment(Site site) {
        return Map.of("JAVA_HOME", site.java().home().toString());
    }

    @Override
    public Optional<String> optionsVariable() {
        return Optional.of("JVM_ARGS");
    }
}
