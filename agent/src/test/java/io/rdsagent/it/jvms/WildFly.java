package io.rdsagent.it.jvms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** WildFly with its datasource subsystem: JBoss Modules, IronJacamar, a log manager of its own. */
record WildFly(String version, List<Integer> javas) implements Container {

    @Override
    public String title() {
        return "WildFly " + version + ", its datasource subsystem";
    }

    private String namespace() {
        return Integer.parseInt(version.split("\\.")[0]) < 27 ? "javax" : "jakarta";
    }

    @Override
    public void layOut(Site site) throws IOException {
        new Distribution("org.wildfly:wildfly-dist:zip:" + version).unpack(site.home());
        Path module = Files.createDirectories(site.home().resolve("modules/org/postgresql/main"));
        Files.copy(site.driver(), module.resolve("driver.jar"));
        Files.writeString(
                module.resolve("module.xml"),
                "<module xmlns=\"urn:jboss:module:1.9\" name=\"org.postgresql\"><resources><resource-root path=\"driver.jar\"/>"
                        + "</resources><dependencies><module name=\"java.se\"/><module name=\"jdk.unsupported\"/>"
                        + "<module name=\"" + namespace() + ".transaction.api\"/></dependencies></module>");
        Path standalone = site.home().resolve("standalone/configuration/standalone.xml");
        Files.writeString(
                standalone,
                Files.readString(standalone)
                        .replace("<drivers>", "<drivers><driver name=\"postgresql\" module=\"org.postgresql\"/>")
                        .replace("<datasources>", "<datasources>" + dataSource(site)));
        Path war = Files.createDirectories(site.home().resolve("standalone/deployments/app.war"));
        War.ofServersPool(namespace(), "java:jboss/datasources/orders").write(war, site, List.of(servletApi(site)));
        again(site);
    }

    @Override
    public void again(Site site) throws IOException {
        Path deployments = site.home().resolve("standalone/deployments");
        for (String known : List.of("deployed", "isdeploying", "pending", "failed")) {
            Files.deleteIfExists(deployments.resolve("app.war." + known));
        }
        Files.writeString(deployments.resolve("app.war.dodeploy"), "");
    }

    private static String dataSource(Site site) {
        return "<datasource jndi-name=\"java:jboss/datasources/orders\" pool-name=\"orders\">"
                + "<connection-url>" + Site.xml(site.url()) + "</connection-url><driver>postgresql</driver>"
                + "<pool><max-pool-size>2</max-pool-size></pool>"
                + "<security user-name=\"app\" password=\"" + Site.xml(site.password()) + "\"/></datasource>";
    }

    private Path servletApi(Site site) throws IOException {
        Path modules = site.home()
                .resolve("modules/system/layers/base")
                .resolve(namespace())
                .resolve("servlet/api");
        try (Stream<Path> files = Files.walk(modules)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public List<String> command(Site site) {
        return List.of(
                site.home().resolve("bin/standalone.sh").toString(),
                "-b=127.0.0.1",
                "-Djboss.http.port=" + site.port(),
                "-Djboss.management.http.port=0",
                "-Djboss.https.port=0");
    }

    @Override
    public Map<String, String> environment(Site site) {
        return Map.of("JAVA_HOME", site.java().home().toString());
    }

    @Override
    public Optional<String> optionsVariable() {
        return Optional.empty();
    }
}
