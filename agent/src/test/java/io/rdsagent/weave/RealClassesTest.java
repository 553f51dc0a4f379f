package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
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

    /** A server's own, in no jar that Maven Central has by itself; it is run with {@code -Pmatrix}. */
    private static final String LIBERTY = "com/ibm/ejs/j2c/";

    @BeforeAll
    static void defineTheBridge() throws Exception {
        Bridge.define(ByteBuddyAgent.install());
    }

    static List<Library> libraries() throws IOException {
        return Library.all();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void everyClassOfTheTableIsWovenAndPassesVerification(Library library) throws Exception {
        try (ThroughTheWeaver loader = new ThroughTheWeaver(library)) {
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
        try (ThroughTheWeaver loader = new ThroughTheWeaver(library)) {
            loader.loadAll();

            assertThat(loader.missing).isEmpty();
            assertThat(loader.hooks()).isNotEmpty();
            if (library.hooks() != null) {
                assertThat(loader.hooks()).isEqualTo(new TreeSet<>(library.hooks()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aWovenClassHasTheShapeItHad(Library library) throws Exception {
        try (ThroughTheWeaver loader = new ThroughTheWeaver(library);
                URLClassLoader plain = new URLClassLoader(library.urls(), ClassLoader.getPlatformClassLoader())) {
            for (Class<?> type : loader.loadAll()) {
                assertThat(shape(type)).isEqualTo(shape(Class.forName(type.getName(), true, plain)));
            }
        }
    }

    @Test
    void everyRowIsThereForSomeVersion() throws Exception {
        Set<String> needed = new TreeSet<>();
        for (Library library : libraries()) {
            try (ThroughTheWeaver loader = new ThroughTheWeaver(library)) {
                for (Target row : Targets.read().rows()) {
                    if (loader.has(row)) {
                        needed.add(row + row.descriptor);
                    }
                }
            }
        }

        assertThat(needed)
                .isEqualTo(Targets.read().rows().stream()
                        .filter(row -> !row.type.startsWith(LIBERTY))
                        .map(row -> row + row.descriptor)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> shape(Class<?> type) {
        return Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
                .flatMap(Stream::of)
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
