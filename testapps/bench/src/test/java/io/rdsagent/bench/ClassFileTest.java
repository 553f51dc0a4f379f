package io.rdsagent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ClassFileTest {

    @Test
    void aClassDoesNotDifferFromItself() throws IOException {
        ClassFile file = ClassFile.parse(bytes());

        assertThat(file.differences(ClassFile.parse(bytes()))).isEmpty();
    }

    @Test
    void aByteThatChangedInAMethodNamesThatMethod() throws IOException {
        byte[] changed = bytes();
        int at = indexOf(changed, 0x10, 123, 0xac);
        changed[at + 1] = 122;

        assertThat(ClassFile.parse(bytes()).differences(ClassFile.parse(changed)))
                .containsExactly("marked");
    }

    /** BIPUSH 123, IRETURN: that stands nowhere else in this class. */
    static int marked() {
        return 123;
    }

    private static int indexOf(byte[] bytes, int... code) {
        for (int i = 0; i <= bytes.length - code.length; i++) {
            int same = 0;
            while (same < code.length && bytes[i + same] == (byte) code[same]) {
                same++;
            }
            if (same == code.length) {
                return i;
            }
        }
        throw new AssertionError("The class has no such bytes.");
    }

    private static byte[] bytes() throws IOException {
        try (InputStream in = ClassFileTest.class.getResourceAsStream("ClassFileTest.class")) {
            return in.readAllBytes();
        }
    }
}
