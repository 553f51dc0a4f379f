package io.rdsagent.launcher;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;

/**
 * The core's own class loader. Its parent is the platform's loader (which has {@code java.sql} since Java 9), so that
 * nothing of the application's is visible to the core, and nothing of the core's to the application.
 */
final class CoreLoader extends ClassLoader {

    private static final String CORE = "io.rdsagent.core.Core";

    static {
        registerAsParallelCapable();
    }

    private final CoreJar jar;

    CoreLoader(File agent) throws IOException {
        super(platform());
        this.jar = new CoreJar(agent);
    }

    /** The extension loader of Java 8, the platform loader since 9: what lies above all that is the application's. */
    private static ClassLoader platform() {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        while (loader.getParent() != null) {
            loader = loader.getParent();
        }
        return loader;
    }

    /**
     * Loads the core and has it wire itself.
     *
     * @return what weaves classes and, as a {@code Function<String, String>}, answers orders; null when it is switched off
     */
    ClassFileTransformer open(Instrumentation instrumentation, String argument, boolean running) throws Exception {
        try {
            return (ClassFileTransformer) Class.forName(CORE, true, this)
                    .getMethod("open", Instrumentation.class, String.class, boolean.class)
                    .invoke(null, instrumentation, argument, running);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof Exception) {
                throw (Exception) failure.getCause();
            }
            throw failure;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = jar.read(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            // In no place that a protection domain names: JaCoCo and others leave such classes alone.
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }

    @Override
    protected URL findResource(String name) {
        try {
            return jar.has(name) ? new URL("rdsagent", null, -1, "/" + name, new Handler()) : null;
        } catch (MalformedURLException impossible) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return found == null
                ? Collections.enumeration(Collections.<URL>emptyList())
                : Collections.enumeration(Collections.singleton(found));
    }

    /** Opens what lies in the core's jar; a URL of ours knows it, and no other can be made to. */
    private final class Handler extends URLStreamHandler {

        // Not the private one that a private class gets: javac would add a class to reach it.
        Handler() {}

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() throws IOException {
                    byte[] bytes = jar.read(url.getPath().substring(1));
                    if (bytes == null) {
                        throw new FileNotFoundException(url.toString());
                    }
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }
}
