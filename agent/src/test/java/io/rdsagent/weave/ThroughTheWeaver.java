package io.rdsagent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Loads one library, and nothing else but the JDK and the logging that some need, through the weaver. */
final class ThroughTheWeaver extends URLClassLoader {

    final Set<String> woven = new TreeSet<>();
    final List<String> missing = new ArrayList<>();
    private final Targets targets = Targets.read();
    private final Weaver weaver;

    ThroughTheWeaver(Library library) throws IOException {
        super(library.urls(), ClassLoader.getPlatformClassLoader());
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
