package io.rdsagent.launcher;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The core's own class loader. Its classes lie in the agent's jar under {@code core/} with names that no other loader
 * and no class path scanner takes for classes. Its parent is the platform's loader (which has {@code java.sql} since
 * Java 9), so that nothing of the application's is visible to the core, and nothing of the core's to the application.
 */
final class CoreLoader extends ClassLoader {

    private static final String FOLDER = "core/";
    private static final String CORE = "io.rdsagent.core.Core";

    static {
        registerAsParallelCapable();
    }

    private final File file;
    private final ProtectionDomain domain = CoreLoader.class.getProtectionDomain();
    private volatile JarFile jar;

    CoreLoader(File file) {
        super(platform());
        this.file = file;
    }

    /** The extension loader of Java 8, the platform loader since 9: what lies above all that is the application's. */
    private static ClassLoader platform() {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        while (loader.getParent() != null) {
            loader = loader.getParent();
        }
        return loader;
    }

    /** Loads the core and has it wire itself; null when it is switched off. */
    ClassFileTransformer open(Instrumentation instrumentation, String argument) throws Exception {
        try {
            return (ClassFileTransformer) Class.forName(CORE, true, this)
                    .getMethod("open", Instrumentation.class, String.class)
                    .invoke(null, instrumentation, argument);
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
            byte[] bytes = read(FOLDER + name.replace('.', '/') + ".classdata");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length, domain);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }

    @Override
    protected URL findResource(String name) {
        try {
            return jar().getEntry(FOLDER + name) == null ? null : new URL("jar:" + file.toURI() + "!/" + FOLDER + name);
        } catch (MalformedURLException impossible) {
            return null;
        } catch (IOException unreadable) {
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

    private byte[] read(String path) throws IOException {
        JarFile open = jar();
        JarEntry entry = open.getJarEntry(path);
        if (entry == null) {
            return null;
        }
        InputStream in = open.getInputStream(entry);
        try {
            return bytes(in, (int) entry.getSize());
        } finally {
            in.close();
        }
    }

    private static byte[] bytes(InputStream in, int size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(size, 32));
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
        return out.toByteArray();
    }

    private JarFile jar() throws IOException {
        if (jar == null) {
            synchronized (this) {
                if (jar == null) {
                    jar = new JarFile(file, false);
                }
            }
        }
        return jar;
    }
}
