package io.rdsagent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Changes the methods of {@link Targets} as their class is loaded, with the ASM that Byte Buddy carries: what is
 * inserted is a call of the bridge, and for a few instructions Byte Buddy's own advice costs five times the start-up.
 * Frames are neither computed nor expanded, so no class of the application is loaded to weave another.
 */
public final class Weaver implements ClassFileTransformer {

    /** Told what was woven; on the thread that loads the class, so it must not load a class of the application's. */
    public interface Observer {

        /** A class of a driver or pool has come in and was woven. */
        void woven(String type, ClassLoader owner);

        /** The class could not be woven; it goes on as its author wrote it, and the others are woven all the same. */
        void failed(String type, Throwable failure);

        /** The class has come in, but this place of it is not there in any version that is known. */
        void missing(String type, String method, String hook);
    }

    private final Targets targets;
    private final Observer observer;

    public Weaver(Targets targets, Observer observer) {
        this.targets = targets;
        this.observer = observer;
    }

    @Override
    public byte[] transform(
            ClassLoader owner, String className, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
        List<Target> rows = targets.of(className);
        if (rows.isEmpty()) {
            return null;
        }
        String type = className.replace('/', '.');
        try {
            byte[] woven = weave(rows, bytes);
            if (woven != null) {
                observer.woven(type, owner);
            }
            return woven;
        } catch (RuntimeException | LinkageError failure) {
            observer.failed(type, failure);
            return null;
        }
    }

    byte[] weave(List<Target> rows, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        List<Target> found = new ArrayList<>();
        reader.accept(new TargetVisitor(writer, rows, found), 0);
        sayMissing(rows, found);
        return found.isEmpty() ? null : writer.toByteArray();
    }

    private void sayMissing(List<Target> rows, List<Target> found) {
        List<Target> said = new ArrayList<>();
        for (Target row : rows) {
            if (!row.optional
                    && found.stream().noneMatch(row::isAlternativeOf)
                    && said.stream().noneMatch(row::isAlternativeOf)) {
                said.add(row);
                observer.missing(row.type.replace('/', '.'), row.method, row.hook);
            }
        }
    }

    private static final class TargetVisitor extends ClassVisitor {

        private final List<Target> rows;
        private final List<Target> found;
        private boolean framed;

        TargetVisitor(ClassVisitor next, List<Target> rows, List<Target> found) {
            super(Opcodes.ASM9, next);
            this.rows = rows;
            this.found = found;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            framed = (version & 0xffff) >= Opcodes.V1_6;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            for (Target row : rows) {
                if (row.isAt(name, descriptor)) {
                    found.add(row);
                    next = new WovenMethod(next, row, (access & Opcodes.ACC_STATIC) != 0, framed);
                }
            }
            return next;
        }
    }
}
