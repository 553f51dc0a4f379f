package io.rdsagent.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Writes the calls of the bridge into one method, as its row's {@link Shape} says. */
final class WovenMethod extends MethodVisitor {

    private static final String BRIDGE = "java/lang/RdsAgentBridge";

    private final Target target;
    private final boolean isStatic;
    private final boolean framed;
    private final Type[] parameters;
    private final Type returned;
    private final Places places;

    /** @param framed whether its class is of a version that has stack map frames: Java 6 and later */
    WovenMethod(MethodVisitor next, Target target, boolean isStatic, boolean framed) {
        super(Opcodes.ASM9, next);
        this.target = target;
        this.isStatic = isStatic;
        this.framed = framed;
        this.parameters = Type.getArgumentTypes(target.descriptor);
        this.returned = Type.getReturnType(target.descriptor);
        this.places = new Places(isStatic, parameters);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (target.shape == Shape.INSTEAD) {
            returnAnswer();
        } else if (target.shape == Shape.ARGUMENT) {
            replaceArgument();
        } else if (target.shape == Shape.CHECK) {
            push(target.row);
            pushSubject();
            bridge("check", "(ILjava/lang/Object;)V");
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && !target.shape.onEntry()) {
            beforeReturn();
        }
        super.visitInsn(opcode);
    }

    /** @throws IllegalArgumentException where what is woven could not be verified */
    @Override
    public void visitVarInsn(int opcode, int local) {
        if (!target.shape.onEntry() && places.isMisusedBy(opcode, local)) {
            throw new IllegalArgumentException(
                    "its method " + target.method
                            + " keeps something else where its arguments were, as code does that a shrinker or obfuscator has changed");
        }
        super.visitVarInsn(opcode, local);
    }

    private void returnAnswer() {
        Label goOn = new Label();
        push(target.row);
        pushCall(true);
        bridge("call", "(I[Ljava/lang/Object;)Ljava/lang/Object;");
        super.visitInsn(Opcodes.DUP);
        super.visitJumpInsn(Opcodes.IFNULL, goOn);
        super.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
        super.visitInsn(Opcodes.ARETURN);
        super.visitLabel(goOn);
        if (framed) {
            // The locals are as on entry: the frame that every method starts with, and the answer on top.
            super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Object"});
        }
        super.visitInsn(Opcodes.POP);
    }

    private void replaceArgument() {
        int local = local(target.argument);
        super.visitVarInsn(Opcodes.ALOAD, local);
        push(target.row);
        pushCall(true);
        bridge("replace", "(Ljava/lang/Object;I[Ljava/lang/Object;)Ljava/lang/Object;");
        super.visitTypeInsn(Opcodes.CHECKCAST, parameters[target.argument].getInternalName());
        super.visitVarInsn(Opcodes.ASTORE, local);
    }

    private void beforeReturn() {
        switch (target.shape) {
            case RESULT:
                push(target.row);
                pushCall(false);
                bridge("replace", "(Ljava/lang/Object;I[Ljava/lang/Object;)Ljava/lang/Object;");
                super.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
                break;
            case BUILT:
            case AFTER:
                push(target.row);
                pushCall(false);
                bridge("call", "(I[Ljava/lang/Object;)Ljava/lang/Object;");
                super.visitInsn(Opcodes.POP);
                break;
            case MADE:
                super.visitInsn(Opcodes.DUP);
                push(target.row);
                super.visitVarInsn(Opcodes.ALOAD, 0);
                bridge("made", "(Ljava/lang/Object;ILjava/lang/Object;)V");
                break;
            case OR_PAST:
                past("orPast");
                break;
            case UNLESS_PAST:
                past("unlessPast");
                break;
            case GUARD:
                guard();
                break;
            default:
                throw new IllegalStateException(target + " has a shape that is woven on entry");
        }
    }

    private void past(String name) {
        push(target.row);
        pushSubject();
        bridge(name, "(ZILjava/lang/Object;)Z");
    }

    /** The argument that the row names, else the receiver, which a static method has not. */
    private void pushSubject() {
        if (target.argument < 0 && isStatic) {
            super.visitInsn(Opcodes.ACONST_NULL);
        } else {
            super.visitVarInsn(Opcodes.ALOAD, target.argument < 0 ? 0 : local(target.argument));
        }
    }

    /** The receiver and the first two arguments, so that the hook can ask again; no array, since this is each borrow. */
    private void guard() {
        push(target.row);
        if (isStatic) {
            super.visitInsn(Opcodes.ACONST_NULL);
        } else {
            super.visitVarInsn(Opcodes.ALOAD, 0);
        }
        for (int i = 0; i < 2; i++) {
            if (i < parameters.length && parameters[i].getSort() == Type.OBJECT) {
                super.visitVarInsn(Opcodes.ALOAD, local(i));
            } else {
                super.visitInsn(Opcodes.ACONST_NULL);
            }
        }
        bridge(
                "guard",
                "(Ljava/lang/Object;ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
        super.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    }

    /** The receiver and the arguments in an array of objects. */
    private void pushCall(boolean entered) {
        push(parameters.length + 1);
        super.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        // A constructor's receiver may not be touched before it has called its super constructor.
        if (!isStatic && !(entered && target.method.equals("<init>"))) {
            super.visitInsn(Opcodes.DUP);
            push(0);
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitInsn(Opcodes.AASTORE);
        }
        for (int i = 0; i < parameters.length; i++) {
            super.visitInsn(Opcodes.DUP);
            push(i + 1);
            super.visitVarInsn(parameters[i].getOpcode(Opcodes.ILOAD), local(i));
            box(parameters[i]);
            super.visitInsn(Opcodes.AASTORE);
        }
    }

    private int local(int argument) {
        int local = isStatic ? 0 : 1;
        for (int i = 0; i < argument; i++) {
            local += parameters[i].getSize();
        }
        return local;
    }

    private void box(Type type) {
        String wrapper = wrapper(type.getSort());
        if (wrapper != null) {
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, wrapper, "valueOf", "(" + type.getDescriptor() + ")L" + wrapper + ";", false);
        }
    }

    private static String wrapper(int sort) {
        switch (sort) {
            case Type.BOOLEAN:
                return "java/lang/Boolean";
            case Type.CHAR:
                return "java/lang/Character";
            case Type.BYTE:
                return "java/lang/Byte";
            case Type.SHORT:
                return "java/lang/Short";
            case Type.INT:
                return "java/lang/Integer";
            case Type.LONG:
                return "java/lang/Long";
            case Type.FLOAT:
                return "java/lang/Float";
            case Type.DOUBLE:
                return "java/lang/Double";
            default:
                return null;
        }
    }

    private void push(int number) {
        if (number <= 5) {
            super.visitInsn(Opcodes.ICONST_0 + number);
        } else if (number <= Short.MAX_VALUE) {
            super.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            throw new IllegalArgumentException("the table of targets is too long: " + number);
        }
    }

    private void bridge(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, name, descriptor, false);
    }
}
