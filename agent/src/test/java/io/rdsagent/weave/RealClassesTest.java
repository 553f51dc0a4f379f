package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes of the drivers and pools themselves, in every version that the integration tests run with. */
class RealClassesTest {

    private static final Path JARS = Path.of("target", "lib");
    private static final Set<String> PGJDBC =
            Set.of("connect", "failed", "past", "pgjdbc.address", "pgjdbc.factory", "pgjdbc.login", "pgjdbc.tls");
    private static final Set<String> CONNECTOR_J = Set.of(
            "connect",
            "connectorj.change-user",
            "connectorj.host",
            "connectorj.login",
            "connectorj.socket",
            "connectorj.tls",
            "failed",
            "past");
    private static final Set<String> CONNECTOR_J_5 = Set.of(
            "connect",
            "connectorj5.change-user",
            "connectorj5.duplicate",
            "connectorj5.host",
            "connectorj5.login",
            "connectorj5.session",
            "connectorj5.socket",
            "connectorj5.tls",
            "failed",
            "past");
    private static final Set<String> MARIADB = Set.of(
            "connect", "mariadb.address", "mariadb.login", "mariadb.socket", "mariadb.tls", "mariadb.trust", "past");
    private static final Set<String> HIKARICP = Set.of("hikari.entry", "past");

    /** A driver or a pool in one version, and the hooks that have a place in it. */
    record Library(String jar, Set<String> hooks) {

        static Library of(Path jar) {
            String name = jar.getFileName().toString();
            if (name.startsWith("mariadb-")) {
                return new Library(name, MARIADB);
            }
            if (name.startsWith("mysql-")) {
                return new Library(name, name.contains("-5.1.") ? CONNECTOR_J_5 : CONNECTOR_J);
            }
            return new Library(name, name.startsWith("postgresql-") ? PGJDBC : HIKARICP);
        }

        @Override
        public String toString() {
            return jar;
        }
    }

    @BeforeAll
    static void defineTheBridge() throws Exception {
        Bridge.define(ByteBuddyAgent.install());
    }

    static List<Library> libraries() throws IOException {
        try (Stream<Path> jars = Files.list(JARS)) {
            return jars.filter(jar -> !jar.getFileName().toString().matches("(slf4j|aws)-.*"))
                    .sorted()
                    .map(Library::of)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void everyClassOfTheTableIsWovenAndPassesVerification(Library library) throws Exception {
        try (ThroughTheWeaver loader = new ThroughTheWeaver(library.jar)) {
            for (Class<?> type : loader.loadAll()) {
                assertThat(type.getClassLoader()).isSameAs(loader);
                assertThat(loader.woven.contains(type.getName())).isEqualTo(loader.hasAPlaceIn(type.getName()));
                assertThat(shape(type)).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void eachHookHasItsPlaceAndNoneThatIsSaidToBeMissing(Library library) throws Exception {
        try (ThroughTheWeaver loader = new ThroughTheWeaver(library.jar)) {
            loader.loadAll();

            assertThat(loader.missing).isEmpty();
            assertThat(loader.hooks()).isEqualTo(new TreeSet<>(library.hooks));
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aWovenClassHasTheShapeItHad(Library library) throws Exception {
        try (ThroughTheWeaver loader = new ThroughTheWeaver(library.jar);
                URLClassLoader plain =
                        new URLClassLoader(ThroughTheWeaver.urls(library.jar), ClassLoader.getPlatformClassLoader())) {
            for (Class<?> type : loader.loadAll()) {
                assertThat(shape(type)).isEqualTo(shape(Class.forName(type.getName(), true, plain)));
            }
        }
    }

    @Test
    void everyRowIsThereForSomeVersion() throws Exception {
        Set<String> needed = new TreeSet<>();
        for (Library library : libraries()) {
            try (ThroughTheWeaver loader = new ThroughTheWeaver(library.jar)) {
                for (Target row : Targets.read().rows()) {
                    if (loader.has(row)) {
                        needed.add(row + row.descriptor);
                    }
                }
            }
        }

        assertThat(needed)
                .isEqualTo(Targets.read().rows().stream()
                        .map(row -> row + row.descriptor)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> shape(Class<?> type) {
        return Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
                .flatMap(Stream::of)
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Loads one library, and nothing else but the JDK and the logging that some need, through the weaver. */
    private static final class ThroughTheWeaver extends URLClassLoader {

        final Set<String> woven = new TreeSet<>();
        final List<String> missing = new ArrayList<>();
        private final Targets targets = Targets.read();
        private final Weaver weaver;

        ThroughTheWeaver(String jar) throws IOException {
            super(urls(jar), ClassLoader.getPlatformClassLoader());
            weaver = new Weaver(targets, new Weaver.Observer() {
                @Override
                public void woven(String type, ClassLoader owner) {
                    woven.add(type);
                }

                @Override
                public void failed(String type, Throwable failure) {
                    throw new AssertionError(type, failure);
                }

                @Override
                public void missing(String type, String method, String hook) {
                    missing.add(type + " " + method);
                }
            });
        }

        static URL[] urls(String jar) throws IOException {
            try (Stream<Path> jars = Files.list(JARS)) {
                return jars.filter(path -> path.getFileName().toString().matches(jar + "|slf4j-.*"))
                        .map(ThroughTheWeaver::url)
                        .toArray(URL[]::new);
            }
        }

        private static URL url(Path path) {
            try {
                return path.toUri().toURL();
            } catch (MalformedURLException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        List<Class<?>> loadAll() throws ClassNotFoundException {
            List<Class<?>> loaded = new ArrayList<>();
            for (String type :
                    targets.rows().stream().map(row -> row.type).distinct().toList()) {
                if (getResource(type + ".class") != null) {
                    loaded.add(Class.forName(type.replace('/', '.'), true, this));
                }
            }
            return loaded;
        }

        /** Of the rows that aren't in all versions, a class may have none. */
        boolean hasAPlaceIn(String type) throws IOException {
            for (Target row : targets.of(type.replace('.', '/'))) {
                if (has(row)) {
                    return true;
                }
            }
            return false;
        }

        Set<String> hooks() {
            return targets.rows().stream()
                    .filter(row -> woven.contains(row.type.replace('/', '.')))
                    .map(row -> row.hook)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** Whether the row by itself finds its place. */
        boolean has(Target row) throws IOException {
            try (InputStream in = getResourceAsStream(row.type + ".class")) {
                return in != null && weaver.weave(List.of(row), in.readAllBytes()) != null;
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            String type = name.replace('.', '/');
            try (InputStream in = getResourceAsStream(type + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] own = in.readAllBytes();
                byte[] changed = weaver.transform(this, type, null, null, own);
                byte[] bytes = changed == null ? own : changed;
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
