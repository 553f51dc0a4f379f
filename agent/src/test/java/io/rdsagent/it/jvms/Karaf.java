package io.rdsagent.it.jvms;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Karaf with pax-jdbc: the driver, the pool and the application are OSGi bundles.
 *
 * @param pool as pax-jdbc calls it, and the feature that has it
 */
record Karaf(String version, List<Integer> javas, String pool, String feature) implements Container {

    @Override
    public String title() {
        return "Karaf " + version + ", pax-jdbc with " + pool;
    }

    /** Its bundles, from Maven Central. */
    @Override
    public boolean fetches() {
        return true;
    }

    @Override
    public void layOut(Site site) throws IOException {
        new Distribution("org.apache.karaf:apache-karaf:zip:" + version).unpack(site.home());
        Path features = site.home().resolve("etc/org.apache.karaf.features.cfg");
        Files.writeString(
                features,
                Files.readString(features)
                        .replace(
                                "featuresBoot = ",
                                "featuresBoot = pax-jdbc-config, pax-jdbc-postgresql, " + feature + ", "));
        Files.writeString(
                site.home().resolve("etc/org.ops4j.datasource-orders.cfg"),
                "osgi.jdbc.driver.name = PostgreSQL JDBC Driver\nurl = " + site.url()
                        + "\nuser = app\npassword = " + site.password()
                        + "\ndataSourceName = orders\nosgi.jndi.service.name = orders\npool = "
                        + pool + "\n");
        writeBundle(site);
    }

    private static void writeBundle(Site site) throws IOException {
        Path classes = site.home().resolve("pulse");
        Sources.compile("bundle", "PulseActivator", "javax", Site.resolve("org.osgi:osgi.core:6.0.0"), classes);
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "com.example.pulse");
        main.putValue("Bundle-Activator", "com.example.PulseActivator");
        main.putValue("Import-Package", "org.osgi.framework,org.osgi.util.tracker,javax.sql");
        try (OutputStream out = Files.newOutputStream(site.home().resolve("deploy/pulse.jar"));
                JarOutputStream jar = new JarOutputStream(out, manifest);
                var files = Files.list(classes.resolve("com/example"))) {
            for (Path file : files.toList()) {
                jar.putNextEntry(new JarEntry("com/example/" + file.getFileName()));
                Files.copy(file, jar);
            }
        }
    }

    @Override
    public List<String> command(Site site) {
        return List.of(site.home().resolve("bin/karaf").toString(), "server");
    }

    @Override
    public Map<String, String> environment(Site site) {
        return Map.of("JAVA_HOME", site.java().home().toString(), "KARAF_SYSTEM_OPTS", "-Dpulse.port=" + site.port());
    }

    @Override
    public Optional<String> optionsVariable() {
        return Optional.of("EXTRA_JAVA_OPTS");
    }
}
