package io.rdsagent.connect;

import java.sql.SQLException;

/** A driver that failed as no driver may, by something else than an {@code SQLException}: for the application it is one. */
final class DriversFault extends SQLException {

    private static final long serialVersionUID = 1;

    private static final String OWN = "io.rdsagent.";

    private static final String[] PLATFORM = {"java.", "javax.", "jdk.", "sun.", "com.sun."};

    DriversFault(Throwable fault) {
        super(fault.toString(), "08001", fault);
    }

    /** Whether it came from the driver's own code, and not from the agent's that the driver called or that called it. */
    static boolean is(Throwable fault) {
        for (StackTraceElement at : fault.getStackTrace()) {
            if (!isPlatforms(at.getClassName())) {
                return !at.getClassName().startsWith(OWN);
            }
        }
        return false;
    }

    private static boolean isPlatforms(String type) {
        for (String prefix : PLATFORM) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
