package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFileVersionsTest {

    private static final String DESCRIPTOR = "(Ljava/lang/String;)Ljava/lang/String;";

    private Woven woven;

    @AfterEach
    void leaveTheJvmAsItWas() throws Exception {
        woven.disconnect();
    }

    @ParameterizedTest
    @ValueSource(strings = {"instead", "argument:0", "result"})
    void aClassFromBeforeThereWereFramesIsWoven(String shape) throws Exception {
        woven = new Woven("old/Driver find " + DESCRIPTOR + " " + shape + " hook");
        Class<?> type = Woven.load("old.Driver", woven.weave("old/Driver", java5()));
        woven.answer((row, call) -> null);

        assertThat(type.getMethod("find", String.class).invoke(null, "own")).isEqualTo("own");
        assertThat(type.getMethod("find", String.class).invoke(null, (Object) null))
                .isEqualTo("nothing");
        woven.answer((row, call) -> "answer");
        assertThat(type.getMethod("find", String.class).invoke(null, (Object) null))
                .isEqualTo("answer");
    }

    /** Class-file version 49, as Connector/J 5.1 has. */
    private static byte[] java5() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V1_5, Opcodes.ACC_PUBLIC, "old/Driver", null, "java/lang/Object", null);
        MethodVisitor find =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "find", DESCRIPTOR, null, null);
        Label nothing = new Label();
        find.visitCode();
        find.visitVarInsn(Opcodes.ALOAD, 0);
        find.visitJumpInsn(Opcodes.IFNULL, nothing);
        find.visitVarInsn(Opcodes.ALOAD, 0);
        find.visitInsn(Opcodes.ARETURN);
        find.visitLabel(nothing);
        find.visitLdcInsn("nothing");
        find.visitInsn(Opcodes.ARETURN);
        find.visitMaxs(0, 0);
        find.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    @Test
    void aClassOfThisJvmsOwnVersionIsWoven() throws Exception {
        woven = new Woven("io/rdsagent/weave/Sample loops " + DESCRIPTOR + " instead hook");
        byte[] bytes = ofVersion(Runtime.version().feature() + 44);

        Class<?> type = Woven.load(Sample.class.getName(), woven.weave("io/rdsagent/weave/Sample", bytes));
        woven.answer((row, call) -> "answer");

        assertThat(type.getMethod("loops", String.class).invoke(null, "text")).isEqualTo("answer");
    }

    @ParameterizedTest
    @ValueSource(ints = {61, 65, 69, 70})
    void aClassOfANewerJdkIsWovenAndKeepsItsVersion(int version) throws Exception {
        woven = new Woven("io/rdsagent/weave/Sample plain " + DESCRIPTOR + " instead hook");

        byte[] changed = woven.weave("io/rdsagent/weave/Sample", ofVersion(version));

        assertThat(new ClassReader(changed).readUnsignedShort(6)).isEqualTo(version);
    }

    private static byte[] ofVersion(int major) throws Exception {
        byte[] bytes = Woven.bytes(Sample.class);
        bytes[7] = (byte) major;
        return bytes;
    }
}
