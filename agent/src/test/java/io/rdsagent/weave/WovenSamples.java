package io.rdsagent.weave;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** Classes of the tests, woven by the rows that a test names. */
abstract class WovenSamples {

    static final String SAMPLE = "io/rdsagent/weave/Sample ";
    static final String BUILT = "io/rdsagent/weave/Sample$Built ";
    static final String STRING = "(Ljava/lang/String;)Ljava/lang/String; ";
    static final String ALL_KINDS = "(ZCBSIJFD[Ljava/lang/Object;)Ljava/lang/String; ";
    Woven woven;

    @AfterEach
    void leaveTheJvmAsItWas() throws Exception {
        woven.disconnect();
    }

    static List<String> shape(Class<?> type) {
        return Stream.of(
                        Stream.of(type.getDeclaredFields()).map(Field::toString),
                        Stream.of(type.getDeclaredMethods()).map(Method::toString),
                        Stream.of(type.getDeclaredConstructors()).map(Object::toString),
                        Stream.of(type.getInterfaces()).map(Object::toString))
                .flatMap(names -> names)
                .sorted()
                .toList();
    }

    Object sample(String... rows) throws Exception {
        return load(rows).getConstructor(String.class).newInstance("name");
    }

    Class<?> load(String... rows) throws Exception {
        woven = new Woven(Stream.of(rows).map(SAMPLE::concat).toArray(String[]::new));
        return woven.load(Sample.class);
    }

    Class<?> built(String row) throws Exception {
        woven = new Woven(BUILT + row);
        // Its super class is loaded beside it: a package-private constructor of another loader is out of reach.
        return new BesideBase(woven.weave(BUILT.trim(), Woven.bytes(Sample.Built.class)))
                .loadClass(Sample.Built.class.getName());
    }

    static final class BesideBase extends ClassLoader {

        private final byte[] built;

        BesideBase(byte[] built) {
            super(WeaverTest.class.getClassLoader());
            this.built = built;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.rdsagent.weave.Sample")) {
                return super.loadClass(name, resolve);
            }
            Class<?> present = findLoadedClass(name);
            return present == null ? define(name) : present;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try {
                byte[] bytes = name.endsWith("$Built") ? built : Woven.bytes(Class.forName(name));
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException failure) {
                throw new ClassNotFoundException(name, failure);
            }
        }
    }

    static Object call(Object sample, String name, Object... arguments) throws Exception {
        return Stream.of(sample.getClass().getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow()
                .invoke(sample, arguments);
    }

    static Method method(Class<?> type, String name) {
        return Stream.of(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
