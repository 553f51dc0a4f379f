package io.rdsagent.weave;

import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Where a method's receiver and arguments lie among its local variables. What is woven before a return reads them there.
 * A compiler may use such a place for a variable of another kind; javac doesn't, but a shrinker does. Of such a method the
 * JVM's verifier would refuse what we make, and throw a VerifyError at the application as it first uses the class.
 */
final class Places {

    private static final char RECEIVER = 'T';
    /** The second place of a long or double. */
    private static final char REST = '-';

    private final String kinds;

    Places(boolean isStatic, Type[] parameters) {
        StringBuilder kinds = new StringBuilder(isStatic ? "" : String.valueOf(RECEIVER));
        for (Type parameter : parameters) {
            kinds.append(parameter.getOpcode(Opcodes.ISTORE) - Opcodes.ISTORE);
            if (parameter.getSize() == 2) {
                kinds.append(REST);
            }
        }
        this.kinds = kinds.toString();
    }

    /** Whether this instruction of the method's own leaves something else in a place than what came in it. */
    boolean isMisusedBy(int opcode, int local) {
        if (opcode < Opcodes.ISTORE || opcode > Opcodes.ASTORE || local >= kinds.length()) {
            return false;
        }
        boolean wide = opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE;
        return kinds.charAt(local) != (char) ('0' + opcode - Opcodes.ISTORE)
                || (wide && (local + 1 >= kinds.length() || kinds.charAt(local + 1) != REST));
    }
}
