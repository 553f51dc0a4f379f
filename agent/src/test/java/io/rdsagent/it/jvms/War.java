package io.rdsagent.it.jvms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A web application, as a folder: the pulse as a servlet.
 *
 * @param namespace {@code javax} or {@code jakarta}
 * @param parameter of the servlet: {@code jndi} for a pool of the server's, or {@code url} for a pool of its own
 */
record War(String namespace, String parameter, String value) {

    static War ofServersPool(String namespace, String jndi) {
        return new War(namespace, "jndi", jndi);
    }

    /** Its pool and its driver are its own. */
    static War ofOwnPool(String namespace, Site site) {
        return new War(namespace, "url", site.urlWithUser());
    }

    /** @param servletApi what it is compiled with */
    void write(Path folder, Site site, List<Path> servletApi) throws IOException {
        Path inner = Files.createDirectories(folder.resolve("WEB-INF"));
        List<Path> libraries = new ArrayList<>(servletApi);
        libraries.addAll(site.hikari());
        Path scratch = site.home().resolveSibling(site.home().getFileName() + "-servlet");
        Sources.compile("servlet", "PulseServlet", namespace, libraries, scratch);
        Path classes = Files.createDirectories(inner.resolve("classes/com/example"));
        for (String name : List.of("Pulse.class", "PulseServlet.class")) {
            Files.copy(scratch.resolve("com/example").resolve(name), classes.resolve(name));
        }
        Path lib = Files.createDirectories(inner.resolve("lib"));
        for (Path jar : site.hikari()) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
        if (parameter.equals("url")) {
            Files.copy(site.driver(), lib.resolve(site.driver().getFileName()));
        }
        Files.writeString(inner.resolve("web.xml"), descriptor());
    }

    private String descriptor() {
        return "<web-app xmlns=\""
                + (namespace.equals("javax")
                        ? "http://xmlns.jcp.org/xml/ns/javaee\" version=\"3.1\">"
                        : "https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">")
                + "<servlet><servlet-name>pulse</servlet-name><servlet-class>com.example.PulseServlet</servlet-class>"
                + "<init-param><param-name>" + parameter + "</param-name><param-value>" + Site.xml(value)
                + "</param-value></init-param></servlet>"
                + "<servlet-mapping><servlet-name>pulse</servlet-name><url-pattern>/pulse</url-pattern></servlet-mapping>"
                + "</web-app>\n";
    }
}
