package io.rdsagent.it.jvms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tomcat.
 *
 * @param factory of the server's pool: {@code dbcp}, {@code jdbc}; or {@code war}, where the application has its own, and
 *     the driver
 */
record Tomcat(String version, List<Integer> javas, String factory) implements Container {

    private static final Map<String, String> POOLS = Map.of(
            "dbcp", "the server's pool", "jdbc", "the server's pool, Tomcat JDBC", "war", "pool and driver in the war");

    @Override
    public String title() {
        return "Tomcat " + version + ", " + POOLS.get(factory);
    }

    private String namespace() {
        return Integer.parseInt(version.split("\\.")[0]) < 10 ? "javax" : "jakarta";
    }

    @Override
    public void layOut(Site site) throws IOException {
        new Distribution("org.apache.tomcat:tomcat:zip:" + version).unpack(site.home());
        Path server = site.home().resolve("conf/server.xml");
        Files.writeString(
                server,
                Files.readString(server)
                        .replace("port=\"8005\"", "port=\"-1\"")
                        .replace("port=\"8080\"", "port=\"" + site.port() + "\" address=\"127.0.0.1\""));
        War war = War.ofOwnPool(namespace(), site);
        if (!factory.equals("war")) {
            Files.copy(site.driver(), site.home().resolve("lib/driver.jar"));
            Path context = site.home().resolve("conf/context.xml");
            Files.writeString(context, Files.readString(context).replace("</Context>", resource(site) + "</Context>"));
            war = War.ofServersPool(namespace(), "java:comp/env/jdbc/orders");
        }
        war.write(site.home().resolve("webapps/app"), site, List.of(site.home().resolve("lib/servlet-api.jar")));
    }

    /** Its password is the word that stands for none. */
    private String resource(Site site) {
        return "<Resource name=\"jdbc/orders\" auth=\"Container\" type=\"javax.sql.DataSource\""
                + (factory.equals("jdbc")
                        ? " factory=\"org.apache.tomcat.jdbc.pool.DataSourceFactory\" maxActive=\"2\""
                        : " maxTotal=\"2\"")
                + " driverClassName=\"org.postgresql.Driver\" url=\"" + Site.xml(site.url())
                + "\" username=\"app\" password=\"" + Site.xml(site.password()) + "\" maxIdle=\"2\"/>\n";
    }

    @Override
    public List<String> command(Site site) {
        return List.of(site.home().resolve("bin/catalina.sh").toString(), "run");
    }

    @Override
    public Map<String, String> environment(Site site) {
        return Map.of("JRE_HOME", site.java().home().toString());
    }

    @Override
    public Optional<String> optionsVariable() {
        return Optional.of("CATALINA_OPTS");
    }
}
