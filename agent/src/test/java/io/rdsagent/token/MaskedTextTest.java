package io.rdsagent.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MaskedTextTest {

    @Property
    void whatWentInComesOutEachTime(@ForAll String text) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        MaskedText masked = new MaskedText(text);

        assertThat(masked.text()).isEqualTo(whole);
        assertThat(masked.text()).isEqualTo(whole);
    }

    @Test
    void itKeepsNothingThatReadsAsTheText() throws Exception {
        MaskedText masked = new MaskedText("host:5432/?X-Amz-Signature=0123456789abcdef0123456789abcdef");

        for (Field field : MaskedText.class.getDeclaredFields()) {
            field.setAccessible(true);
            assertThat(new String((byte[]) field.get(masked), StandardCharsets.ISO_8859_1))
                    .hasSizeGreaterThan(50)
                    .doesNotContain("Amz")
                    .doesNotContain("0123");
        }
    }
}
