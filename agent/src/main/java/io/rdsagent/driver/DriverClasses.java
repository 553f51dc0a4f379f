package io.rdsagent.driver;

import java.sql.Driver;

/** Tells apart drivers that take the same URLs. */
final class DriverClasses {

    /** Whether the driver, or what it extends, is of this package or one below: Connector/J 8 also has com.mysql.jdbc.Driver. */
    static boolean areOf(String home, Driver driver) {
        for (Class<?> type = driver.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().startsWith(home + '.')) {
                return true;
            }
        }
        return false;
    }

    private DriverClasses() {}
}
