package io.rdsagent.driver;

import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.Properties;

/** What MariaDB's drivers make of a URL, asked by names that are public in every version that is looked after. */
final class MariaDbParsed {

    /** The class of this simple name in the package of another, however that package is called; null for none. */
    static Class<?> beside(Class<?> known, String simpleName) {
        String name = known.getName();
        return find(known, name.substring(0, name.lastIndexOf('.') + 1) + simpleName);
    }

    private static Class<?> find(Class<?> known, String name) {
        try {
            return Class.forName(name, true, known.getClassLoader());
        } catch (ClassNotFoundException | LinkageError none) {
            return null;
        }
    }

    static Object ask(Object object, String getter) {
        try {
            return object.getClass().getMethod(getter).invoke(object);
        } catch (ReflectiveOperationException otherVersion) {
            throw changed(otherVersion);
        }
    }

    /** Whether this getter is there, and answers something. */
    static boolean isSet(Object object, String getter) {
        try {
            return object.getClass().getMethod(getter).invoke(object) != null;
        } catch (NoSuchMethodException notInThisVersion) {
            return false;
        } catch (ReflectiveOperationException otherVersion) {
            throw changed(otherVersion);
        }
    }

    /** Null where there is no such field in this version, too. */
    static Object fieldOrNull(Object object, String name) {
        try {
            return object.getClass().getField(name).get(object);
        } catch (NoSuchFieldException notInThisVersion) {
            return null;
        } catch (IllegalAccessException otherVersion) {
            throw changed(otherVersion);
        }
    }

    static Object field(Object object, String name) {
        try {
            return object.getClass().getField(name).get(object);
        } catch (ReflectiveOperationException otherVersion) {
            throw changed(otherVersion);
        }
    }

    /**
     * {@code type.parse(String, Properties)}, which writes into the properties.
     *
     * @return null where the driver itself can't tell what the URL means
     * @throws SQLException the driver's own
     */
    static Object parse(Class<?> type, String url, Properties info) throws SQLException {
        try {
            return type.getMethod("parse", String.class, Properties.class).invoke(null, url, AllProperties.of(info));
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof SQLException) {
                throw (SQLException) failure.getCause();
            }
            return null;
        } catch (ReflectiveOperationException otherVersion) {
            return null;
        }
    }

    private static IllegalStateException changed(ReflectiveOperationException otherVersion) {
        return new IllegalStateException("MariaDB Connector/J has changed: " + otherVersion, otherVersion);
    }

    private MariaDbParsed() {}
}
