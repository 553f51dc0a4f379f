package io.rdsagent.it.jvms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** A fat jar of Spring Boot's, laid out as its Maven plug-in does it, with the pool that Boot brings. */
record Boot(String version, List<Integer> javas) implements Container {

    @Override
    public String title() {
        return "Spring Boot " + version + " fat jar";
    }

    @Override
    public void layOut(Site site) throws IOException {
        boolean two = version.startsWith("2");
        // Boot's own parent would choose the version that fits its Logback.
        List<Path> libraries = Site.resolve(
                "org.springframework.boot:spring-boot-starter-jdbc:" + version,
                "org.slf4j:slf4j-api:" + (two ? "1.7.36" : "2.0.17"));
        Path classes = site.home().resolve("classes");
        Sources.compile("boot", "BootApplication", two ? "javax" : "jakarta", libraries, classes);
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Main-Class", "org.springframework.boot.loader." + (two ? "" : "launch.") + "JarLauncher");
        main.putValue("Start-Class", "com.example.BootApplication");
        main.putValue("Spring-Boot-Version", version);
        main.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        main.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(site.home().resolve("app.jar")), manifest)) {
            copyLoader(jar);
            jar.putNextEntry(new JarEntry("BOOT-INF/classes/"));
            for (String name : List.of("BootApplication.class", "Pulse.class")) {
                jar.putNextEntry(new JarEntry("BOOT-INF/classes/com/example/" + name));
                Files.copy(classes.resolve("com/example").resolve(name), jar);
            }
            jar.putNextEntry(new JarEntry("BOOT-INF/lib/"));
            List<Path> all = new ArrayList<>(libraries);
            all.add(site.driver());
            for (Path library : all) {
                store(jar, library);
            }
        }
    }

    private void copyLoader(JarOutputStream jar) throws IOException {
        for (Path loader : Site.resolve("org.springframework.boot:spring-boot-loader:" + version)) {
            if (!loader.getFileName().toString().startsWith("spring-boot-loader")) {
                continue;
            }
            try (JarInputStream in = new JarInputStream(Files.newInputStream(loader))) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    jar.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(jar);
                }
            }
        }
    }

    /** Not compressed: the loader reads it where it lies. */
    private static void store(JarOutputStream jar, Path library) throws IOException {
        byte[] bytes = Files.readAllBytes(library);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        JarEntry entry = new JarEntry("BOOT-INF/lib/" + library.getFileName());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        jar.putNextEntry(entry);
        jar.write(bytes);
    }

    @Override
    public List<String> command(Site site) {
        return List.of(
                site.java().command(),
                "-jar",
                site.home().resolve("app.jar").toString(),
                "--port=" + site.port(),
                "--spring.datasource.url=" + site.url(),
                "--spring.datasource.username=app",
                "--spring.datasource.password=" + site.password(),
                "--spring.datasource.hikari.maximum-pool-size=2");
    }

    @Override
    public Optional<String> optionsVariable() {
        return Optional.empty();
    }
}
