package io.rdsagent.driver;

/**
 * Finds a class of a driver's by its known name, also where a vendor has moved the driver to another package: from the
 * class at hand it lies where it always did.
 */
final class DriversOwn {

    /**
     * @param present a class of the driver's, or one that extends it
     * @param home the package that it is known in
     * @param wanted the known name of the other
     */
    static Class<?> find(Class<?> present, String home, String wanted) throws ClassNotFoundException {
        int common = common(home + '.', wanted);
        String below = home.length() < common ? "" : '.' + home.substring(common);
        for (Class<?> type = present; type != null; type = type.getSuperclass()) {
            String own = type.getName().substring(0, Math.max(0, type.getName().lastIndexOf('.')));
            if (own.endsWith(below)) {
                String name = own.substring(0, own.length() - below.length()) + '.' + wanted.substring(common);
                try {
                    return Class.forName(name, false, type.getClassLoader());
                } catch (ClassNotFoundException notBesideThisOne) {
                    // The fork's own class; what it extends is the driver's.
                }
            }
        }
        throw new ClassNotFoundException(wanted);
    }

    /** Whether there is one, which tells apart drivers that take the same URLs. */
    static boolean has(Class<?> present, String home, String wanted) {
        try {
            find(present, home, wanted);
            return true;
        } catch (ClassNotFoundException | LinkageError another) {
            return false;
        }
    }

    /** The length of what both begin with, up to a dot and with it. */
    private static int common(String one, String other) {
        int length = 0;
        for (int i = 0; i < Math.min(one.length(), other.length()) && one.charAt(i) == other.charAt(i); i++) {
            length = one.charAt(i) == '.' ? i + 1 : length;
        }
        return length;
    }

    private DriversOwn() {}
}
