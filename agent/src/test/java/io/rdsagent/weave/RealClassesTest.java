package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes of the drivers and pools themselves, as this build has them. */
class RealClassesTest {

    private static final String DRIVER = "org/postgresql/Driver";
    private static final String POOL = "com/zaxxer/hikari/HikariDataSource";

    static Stream<String> types() throws IOException {
        return Targets.read().rows().stream().map(target -> target.type).distinct();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyClassOfTheTableIsWovenAndPassesVerification(String type) throws Exception {
        Bridge.define(ByteBuddyAgent.install());
        try (ChildFirst loader = new ChildFirst()) {
            Class<?> loaded = Class.forName(type.replace('/', '.'), true, loader);

            assertThat(loaded.getClassLoader()).isSameAs(loader);
            assertThat(loaded.getDeclaredMethods()).isNotEmpty();
            assertThat(loader.woven).contains(loaded.getName());
        }
    }

    @Test
    void noPlaceOfTheTableIsMissingInTheVersionsThatAreTriedHere() throws Exception {
        Bridge.define(ByteBuddyAgent.install());
        try (ChildFirst loader = new ChildFirst()) {
            for (String type : types().collect(Collectors.toList())) {
                Class.forName(type.replace('/', '.'), true, loader);
            }

            assertThat(loader.missing).isEmpty();
        }
    }

    @Test
    void aWovenClassHasTheShapeItHad() throws Exception {
        Bridge.define(ByteBuddyAgent.install());
        try (ChildFirst loader = new ChildFirst()) {
            for (String type : types().collect(Collectors.toList())) {
                String name = type.replace('/', '.');
                assertThat(shape(Class.forName(name, true, loader))).isEqualTo(shape(Class.forName(name)));
            }
        }
    }

    private static Set<String> shape(Class<?> type) {
        return Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
                .flatMap(Stream::of)
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Loads the driver and the pool itself, through the weaver. */
    private static final class ChildFirst extends URLClassLoader {

        final List<String> woven = new ArrayList<>();
        final List<String> missing = new ArrayList<>();
        private final Weaver weaver;

        ChildFirst() throws IOException {
            super(new URL[] {jar(DRIVER), jar(POOL)}, RealClassesTest.class.getClassLoader());
            weaver = new Weaver(Targets.read(), new Weaver.Observer() {
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

        private static URL jar(String type) {
            try {
                return Class.forName(type.replace('/', '.'))
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation();
            } catch (ClassNotFoundException absent) {
                throw new IllegalStateException(absent);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("org.postgresql.") && !name.startsWith("com.zaxxer.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> present = findLoadedClass(name);
                return present == null ? findClass(name) : present;
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
