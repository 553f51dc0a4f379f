package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods with the right name that no javac has made: a VerifyError would reach the application. */
class StrangeMethodsTest {

    private static final String DESCRIPTOR = "(Ljava/lang/String;J)Ljava/lang/String;";

    private final List<String> failures = new ArrayList<>();

    @BeforeAll
    static void defineTheBridge() throws Exception {
        Bridge.define(ByteBuddyAgent.install());
    }

    @ParameterizedTest
    @ValueSource(strings = {"result", "after", "guard"})
    void aMethodThatKeepsANumberWhereItsArgumentWasIsLeftAsItIsAndSaid(String shape) throws Exception {
        byte[] strange = strange(Opcodes.ICONST_1, Opcodes.ISTORE, 0);

        assertThat(weave(shape, strange)).isNull();
        assertThat(failures).singleElement().asString().contains("find", "where its arguments were");
        assertThat(answerOf(strange)).isEqualTo("own");
    }

    @Test
    void theSecondPlaceOfALongCountsToo() throws Exception {
        assertThat(weave("result", strange(Opcodes.ACONST_NULL, Opcodes.ASTORE, 2)))
                .isNull();
        assertThat(failures).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instead", "argument:0", "check:0"})
    void wovenAtItsEntryItIsVerifiedAllTheSame(String shape) throws Exception {
        byte[] woven = weave(shape, strange(Opcodes.ICONST_1, Opcodes.ISTORE, 0));

        assertThat(failures).isEmpty();
        assertThat(answerOf(woven)).isEqualTo("own");
    }

    @Test
    void anotherValueOfTheSameKindIsAnArgumentAsAnyOther() throws Exception {
        byte[] woven = weave("result", strange(Opcodes.ACONST_NULL, Opcodes.ASTORE, 0));

        assertThat(failures).isEmpty();
        assertThat(answerOf(woven)).isEqualTo("own");
    }

    /** What the other tests rely on: a class that is loaded here is verified. */
    @Test
    void aClassThatIsNotSoundIsRefusedByTheJvm() {
        byte[] unsound = driver(find -> find.visitInsn(Opcodes.ICONST_1));

        assertThatThrownBy(() -> answerOf(unsound)).isInstanceOf(VerifyError.class);
    }

    private byte[] weave(String shape, byte[] bytes) {
        Targets targets =
                new Targets(List.of(Target.parse(0, "strange/Driver find " + DESCRIPTOR + " " + shape + " hook")));
        return new Weaver(targets, new Weaver.Observer() {
                    @Override
                    public void woven(String type, ClassLoader owner) {
                        assertThat(type).isEqualTo("strange.Driver");
                    }

                    @Override
                    public void failed(String type, Throwable failure) {
                        failures.add(type + ": " + failure.getMessage());
                    }

                    @Override
                    public void missing(String type, String method, String hook) {
                        throw new AssertionError(type + " " + method);
                    }
                })
                .transform(null, "strange/Driver", null, null, bytes);
    }

    private static Object answerOf(byte[] bytes) throws Exception {
        return Woven.load("strange.Driver", bytes)
                .getMethod("find", String.class, long.class)
                .invoke(null, "text", 1L);
    }

    /** Puts a constant where an argument was. */
    private static byte[] strange(int constant, int store, int local) {
        return driver(find -> {
            find.visitInsn(constant);
            find.visitVarInsn(store, local);
            find.visitLdcInsn("own");
        });
    }

    private static byte[] driver(java.util.function.Consumer<MethodVisitor> body) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "strange/Driver", null, "java/lang/Object", null);
        MethodVisitor find =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "find", DESCRIPTOR, null, null);
        find.visitCode();
        body.accept(find);
        find.visitInsn(Opcodes.ARETURN);
        find.visitMaxs(0, 0);
        find.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
