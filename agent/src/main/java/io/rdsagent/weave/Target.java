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

    private Target(int row, String[] columns) {
        String[] shape = columns[3].split(":");
        this.row = row;
        this.type = columns[0];
        this.method = columns[1];
        this.descriptor = columns[2];
        this.shape = Shape.of(shape[0]);
        this.argument = shape.length > 1 ? Integer.parseInt(shape[1]) : -1;
        this.optional = columns[4].endsWith("?");
        this.hook = optional ? columns[4].substring(0, columns[4].length() - 1) : columns[4];
    }

    static Target parse(int row, String line) {
        String[] columns = line.trim().split(" +");
        if (columns.length != 5) {
            throw new IllegalArgumentException("not a row of the table of targets: " + line);
        }
        Target target = new Target(row, columns);
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
