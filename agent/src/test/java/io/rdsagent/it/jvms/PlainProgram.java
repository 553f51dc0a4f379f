package io.rdsagent.it.jvms;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** No container: a program on the class path with a pool. */
record PlainProgram(List<Integer> javas) implements Container {

    @Override
    public String title() {
        return "A program with HikariCP";
    }

    @Override
    public void layOut(Site site) {
        // It is compiled already.
    }

    @Override
    public List<String> command(Site site) {
        String classPath = Stream.of(
                        site.hikari().stream(),
                        Stream.of(site.driver(), Path.of("target", "programs").toAbsolutePath()))
                .flatMap(paths -> paths)
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        return List.of(
                site.java().command(),
                "-cp",
                classPath,
                "com.example.Serves",
                site.urlWithUser(),
                String.valueOf(site.port()));
    }

    @Override
    public Optional<String> optionsVariable() {
        return Optional.empty();
    }
}
