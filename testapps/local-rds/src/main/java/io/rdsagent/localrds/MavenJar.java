package io.rdsagent.localrds;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import picocli.CommandLine;

/** A jar in the local Maven repository that is on nobody's class path, because it holds a whole database server. */
record MavenJar(String group, String artifact, String version) {

    /** Where it is, if it was ever fetched. */
    Optional<Path> find() {
        Path place = Path.of(group.replace('.', '/'), artifact, version, artifact + "-" + version + ".jar");
        return repositories().stream()
                .map(repository -> repository.resolve(place))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Opens it; the caller closes it. */
    ZipFile open() throws IOException {
        Path jar = find().orElseThrow(() -> new LocalRdsException(group + ":" + artifact + ":" + version
                + " is not in the local Maven repository " + repositories().get(0) + ". Fetch it, once:"
                + " mvn dependency:get -Dtransitive=false -Dartifact=" + group + ":" + artifact + ":" + version));
        return new ZipFile(jar.toFile());
    }

    private static List<Path> repositories() {
        List<Path> repositories = new ArrayList<>();
        Optional.ofNullable(System.getProperty("maven.repo.local"))
                .map(Path::of)
                .ifPresent(repositories::add);
        ownRepository().ifPresent(repositories::add);
        repositories.add(Path.of(System.getProperty("user.home"), ".m2", "repository"));
        return repositories;
    }

    /** The repository that this JVM's class path is from: ROOT/info/picocli/picocli/VERSION/picocli-VERSION.jar. */
    private static Optional<Path> ownRepository() {
        CodeSource source = CommandLine.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = Path.of(source.getLocation().toURI());
            return jar.getNameCount() > 5 && jar.toString().contains("/info/picocli/picocli/")
                    ? Optional.of(jar.getRoot().resolve(jar.subpath(0, jar.getNameCount() - 5)))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
