package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which methods are woven, and what is said of those that are not there. */
class WeaverTest extends WovenSamples {

    @Test
    void withNoCoreBehindTheBridgeEveryMethodIsAsItWasWritten() throws Exception {
        Object sample = sample(
                "plain " + STRING + "instead hook",
                "tries " + STRING + "result hook",
                "isOld (I)Z or-past past",
                "isOld ()Z unless-past past");
        woven.bridge.overdue(true);

        assertThat(call(sample, "plain", "text")).isEqualTo("own text");
        assertThat(call(sample, "tries", "12")).isEqualTo("number 12");
        assertThat(call(sample, "isOld", 3)).isEqualTo(false);
        assertThat(call(sample, "isOld")).isEqualTo(false);
    }

    @Test
    void whileNothingIsOverdueNoHookIsAsked() throws Exception {
        Object sample = sample("isOld (I)Z or-past past", "isOld ()Z unless-past past");
        woven.answer((row, call) -> true);

        call(sample, "isOld", 3);
        call(sample, "isOld");
        assertThat(woven.asked).isEmpty();
        woven.bridge.overdue(true);
        call(sample, "isOld", 3);
        assertThat(woven.asked).containsExactly(new Woven.Asked(0, List.of(sample)));
    }

    @Test
    void anOverloadWithAnotherDescriptorIsNotTouched() throws Exception {
        Object sample = sample("isOld ()Z or-past past");
        woven.answer((row, call) -> true);
        woven.bridge.overdue(true);

        assertThat(call(sample, "isOld", 3)).isEqualTo(false);
        assertThat(call(sample, "isOld")).isEqualTo(true);
    }

    @Test
    void theShapeOfTheClassStaysSoThatALoadedOneCanBeRetransformed() throws Exception {
        Class<?> type = load(
                "plain " + STRING + "instead hook", "tries " + STRING + "argument:0 hook", "isOld ()Z or-past past");

        assertThat(shape(type)).isEqualTo(shape(Sample.class));
    }

    @Test
    void aPlaceThatIsNotThereIsSaidOnceForAllItsAlternatives() throws Exception {
        load(
                "gone ()V built hook",
                "gone (I)V built hook",
                "gone ()V built other",
                "isOld (J)Z or-past past",
                "isOld ()Z or-past past",
                "plain ()V built hook");

        assertThat(woven.missing)
                .containsExactly(
                        "io.rdsagent.weave.Sample gone hook",
                        "io.rdsagent.weave.Sample gone other",
                        "io.rdsagent.weave.Sample plain hook");
    }

    @Test
    void aClassWithNoneOfItsPlacesIsLeftAsItIsAndNotSaidToBeWoven() throws Exception {
        woven = new Woven(SAMPLE + "gone ()V built hook");

        assertThat(woven.weave(SAMPLE.trim(), Woven.bytes(Sample.class))).isNull();
        assertThat(woven.missing).hasSize(1);
        assertThat(woven.said).isEmpty();
    }

    @Test
    void aClassThatIsNotInTheTableIsNotEvenRead() throws Exception {
        woven = new Woven(SAMPLE + "gone ()V built hook");

        assertThat(woven.weave("a/B", new byte[] {1})).isNull();
        assertThat(woven.missing).isEmpty();
    }

    @Test
    void aClassThatIsWovenIsSaid() throws Exception {
        load("isOld ()Z or-past past");

        assertThat(woven.said).containsExactly("io.rdsagent.weave.Sample");
    }
}
