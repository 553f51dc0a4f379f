package io.rdsagent.lease;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Who asked for a connection, as the stack of the thread says that made it. */
public final class Opener {

    private static final String[] NOBODY = {"java.", "javax.", "jdk.", "sun.", "com.sun.", "io.rdsagent."};
    private static final String BORROW = "getConnection";

    private final String frame;
    private final List<String> lenders;
    private final List<String> classes;

    private Opener(String frame, List<String> lenders, List<String> classes) {
        this.frame = frame;
        this.lenders = Collections.unmodifiableList(lenders);
        this.classes = Collections.unmodifiableList(classes);
    }

    /** @param connection whose driver is not who asked */
    static Opener ofThisThread(Class<?> connection) {
        return of(new Throwable().getStackTrace(), connection.getName());
    }

    static Opener of(StackTraceElement[] stack, String connection) {
        String frame = null;
        List<String> lenders = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        for (StackTraceElement element : stack) {
            String type = element.getClassName();
            if (isSomebody(type, family(connection))) {
                frame = frame == null ? type + '.' + element.getMethodName() : frame;
                add(type, classes);
                if (element.getMethodName().equals(BORROW)) {
                    add(type, lenders);
                }
            }
        }
        return new Opener(frame, lenders, classes);
    }

    /** Of org.postgresql.jdbc.PgConnection, org.postgresql.: the driver's data sources are beside it. */
    private static String family(String type) {
        int second = type.indexOf('.', type.indexOf('.') + 1);
        return second < 0 ? type : type.substring(0, second + 1);
    }

    private static boolean isSomebody(String type, String driver) {
        for (String prefix : NOBODY) {
            if (type.startsWith(prefix)) {
                return false;
            }
        }
        return !type.startsWith(driver);
    }

    private static void add(String type, List<String> to) {
        if (!to.contains(type)) {
            to.add(type);
        }
    }

    /** The classes whose {@code getConnection} is on the stack, the innermost first; may be none. */
    public List<String> lenders() {
        return lenders;
    }

    /** All classes on the stack but the JDK's, the driver's and ours, the innermost first; may be none. */
    public List<String> classes() {
        return classes;
    }

    /** For a person: {@code com.acme.OrderDao.open}. */
    @Override
    public String toString() {
        return frame == null ? "nobody that can be told" : frame;
    }
}
