package io.rdsagent.weave;

import net.bytebuddy.jar.asm.Type;

/** One row of the table of targets: an exact method, and what is to happen there. */
final class Target {

    final int row;
    final String type;
    final String method;
    final String descriptor;
    final Shape shape;
    /** The argument that {@link Shape#ARGUMENT} replaces or that others ask about, counted from 0; -1 for none. */
    final int argument;

    final String hook;
    /** Whether versions that lack the place are served as well by another row; marked by a ? behind the hook. */
    final boolean optional;

    private Target(
            int row,
            String type,
            String method,
            String descriptor,
            Shape shape,
            int argument,
            String hook,
            boolean optional) {
        this.row = row;
        this.type = type;
        this.method = method;
        this.descriptor = descriptor;
        this.shape = shape;
        this.argument = argument;
        this.hook = hook;
        this.optional = optional;
    }

    static Target parse(int row, String line) {
        String[] columns = line.trim().split(" +");
        if (columns.length != 5) {
            throw new IllegalArgumentException("not a row of the table of targets: " + line);
        }
        String[] shape = columns[3].split(":");
        boolean optional = columns[4].endsWith("?");
        Target target = new Target(
                row,
                columns[0],
                columns[1],
                columns[2],
                Shape.of(shape[0]),
                shape.length > 1 ? Integer.parseInt(shape[1]) : -1,
                optional ? columns[4].substring(0, columns[4].length() - 1) : columns[4],
                optional);
        if (target.shape == Shape.ARGUMENT ? !target.namesAnArgument() : !target.namesNothingElse()) {
            throw new IllegalArgumentException("a row that names no argument of its method: " + line);
        }
        return target;
    }

    private boolean namesNothingElse() {
        return argument < 0 || (shape.takesAnArgument() && namesAnArgument());
    }

    private boolean namesAnArgument() {
        return argument >= 0 && argument < Type.getArgumentTypes(descriptor).length;
    }

    /**
     * The same place where a vendor has moved or renamed the class.
     *
     * @param known the class's internal name, or that of a package above it
     * @return null where it is neither
     */
    Target moved(int row, String known, String own) {
        return type.equals(known) || type.startsWith(known + '/')
                ? new Target(
                        row,
                        own + type.substring(known.length()),
                        method,
                        descriptor.replace('L' + known + '/', 'L' + own + '/'),
                        shape,
                        argument,
                        hook,
                        optional)
                : null;
    }

    boolean isSameAs(Target other) {
        return isAt(other.method, other.descriptor) && isAlternativeOf(other) && shape == other.shape;
    }

    boolean isAt(String name, String signature) {
        return method.equals(name) && descriptor.equals(signature);
    }

    /** The same place of a class in another of its versions. */
    boolean isAlternativeOf(Target other) {
        return type.equals(other.type) && method.equals(other.method) && hook.equals(other.hook);
    }

    @Override
    public String toString() {
        return type.replace('/', '.') + "#" + method;
    }
}
