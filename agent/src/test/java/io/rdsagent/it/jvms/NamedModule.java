package io.rdsagent.it.jvms;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** No container, but a module path: the application, the pool and the driver are modules with names. */
record NamedModule(List<Integer> javas) implements Container {

    private static final Path PULSE = Path.of("src", "programs", "java", "com", "example", "Pulse.java");

    @Override
    public String title() {
        return "A named module";
    }

    @Override
    public void layOut(Site site) throws IOException {
        Path source = Files.createDirectories(site.home().resolve("source/com/example"));
        Files.writeString(
                source.resolve("../../module-info.java"),
                "module orders { requires java.sql; requires jdk.httpserver; requires com.zaxxer.hikari; }");
        Files.copy(PULSE, source.resolve("Pulse.java"));
        Files.writeString(source.resolve("Main.java"), """
                package com.example;

                class Main {
                    public static void main(String[] arguments) throws Exception {
                        var pool = new com.zaxxer.hikari.HikariDataSource();
                        pool.setJdbcUrl(arguments[0]);
                        pool.setMaximumPoolSize(2);
                        new Pulse(pool).serve(Integer.parseInt(arguments[1]));
                    }
                }
                """);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "--release",
                        "17",
                        "-p",
                        libraries(site),
                        "-d",
                        site.home().resolve("orders").toString(),
                        source.resolve("../../module-info.java").toString(),
                        source.resolve("Main.java").toString(),
                        source.resolve("Pulse.java").toString());
        if (compiled != 0) {
            throw new AssertionError(said.toString(StandardCharsets.UTF_8));
        }
    }

    private static String libraries(Site site) {
        return Stream.concat(
                        Site.resolve("com.zaxxer:HikariCP:5.1.0", "org.slf4j:slf4j-jdk14:2.0.17").stream(),
                        Stream.of(site.driver()))
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }

    @Override
    public List<String> command(Site site) {
        return List.of(
                site.java().command(),
                "-p",
                libraries(site) + ":" + site.home().resolve("orders"),
                "--add-modules",
                "org.postgresql.jdbc",
                "-m",
                "orders/com.example.Main",
                site.urlWithUser(),
                String.valueOf(site.port()));
    }

    @Override
    public Optional<String> optionsVariable() {
        return Optional.empty();
    }
}
