package io.rdsagent.observe.jfr;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The JDK Flight Recorder by reflection: Java 8 has it since 8u262 only, and javac's picture of Java 8 not at all; a
 * runtime made by jlink may lack it.
 */
final class Recorder {

    private final ClassLoader jdk;
    private final java.lang.reflect.Method isInitialized;

    private Recorder(ClassLoader jdk) throws ReflectiveOperationException {
        this.jdk = jdk;
        this.isInitialized = type("FlightRecorder").getMethod("isInitialized");
    }

    /** Null where the JVM has none. */
    static Recorder ofThisJvm() {
        try {
            return new Recorder(Recorder.class.getClassLoader());
        } catch (ReflectiveOperationException | LinkageError none) {
            return null;
        }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("jdk.jfr." + name, false, jdk);
    }

    /** Whether a recording has been begun in this JVM. */
    boolean isAtWork() {
        try {
            return (Boolean) isInitialized.invoke(null);
        } catch (ReflectiveOperationException | LinkageError unusable) {
            return false;
        }
    }

    Outline kind(String name, String label, String description) {
        return new Outline(name, label, description);
    }

    private Object annotation(String name, Object value) throws ReflectiveOperationException {
        Constructor<?> maker = type("AnnotationElement").getConstructor(Class.class, Object.class);
        return maker.newInstance(type(name).asSubclass(Annotation.class), value);
    }

    /** What a kind of record consists of. */
    final class Outline {

        private final String name;
        private final String label;
        private final String description;
        private final List<Field> fields = new ArrayList<>();

        private Outline(String name, String label, String description) {
            this.name = name;
            this.label = label;
            this.description = description;
        }

        Outline text(String field, String title) {
            fields.add(new Field(String.class, field, title));
            return this;
        }

        Outline truth(String field, String title) {
            fields.add(new Field(boolean.class, field, title));
            return this;
        }

        Outline millis(String field, String title) {
            fields.add(new Field(long.class, field, title));
            return this;
        }

        RecordKind make() throws ReflectiveOperationException {
            List<Object> annotations = new ArrayList<>();
            annotations.add(annotation("Name", name));
            annotations.add(annotation("Label", label));
            annotations.add(annotation("Description", description));
            annotations.add(annotation("Category", new String[] {"RDS JDBC Agent"}));
            annotations.add(annotation("StackTrace", false));
            List<Object> descriptors = new ArrayList<>();
            for (Field field : fields) {
                descriptors.add(descriptor(field));
            }
            try {
                Object factory = type("EventFactory")
                        .getMethod("create", List.class, List.class)
                        .invoke(null, annotations, descriptors);
                return new RecordKind(type("EventFactory"), type("Event"), factory);
            } catch (InvocationTargetException failed) {
                throw new ReflectiveOperationException(failed.getCause());
            }
        }

        private Object descriptor(Field field) throws ReflectiveOperationException {
            List<Object> annotations = new ArrayList<>();
            annotations.add(annotation("Label", field.title));
            if (field.type == long.class) {
                annotations.add(annotation("Timespan", "MILLISECONDS"));
            }
            return type("ValueDescriptor")
                    .getConstructor(Class.class, String.class, List.class)
                    .newInstance(field.type, field.name, Collections.unmodifiableList(annotations));
        }
    }

    private static final class Field {

        private final Class<?> type;
        private final String name;
        private final String title;

        Field(Class<?> type, String name, String title) {
            this.type = type;
            this.name = name;
            this.title = title;
        }
    }
}
