package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a woven method does, for each shape of a row. */
class ShapesTest extends WovenSamples {

    @Test
    void insteadReturnsTheAnswerInTheMethodsPlace() throws Exception {
        Object sample = sample("plain " + STRING + "instead hook");
        woven.answer((row, call) -> "answer");

        assertThat(call(sample, "plain", "text")).isEqualTo("answer");
        assertThat(woven.asked).containsExactly(new Woven.Asked(0, List.of(sample, "text")));
    }

    @Test
    void insteadWithoutAnAnswerIsTheMethodAsItWasWritten() throws Exception {
        Object sample = sample("plain " + STRING + "instead hook");
        woven.answer((row, call) -> null);

        assertThat(call(sample, "plain", "text")).isEqualTo("own text");
    }

    @ParameterizedTest
    @CsvSource({"ab,ab!!", "abcd,abcd"})
    void insteadFitsBeforeAMethodThatBeginsWithALoop(String text, String own) throws Exception {
        Class<?> type = load("loops " + STRING + "instead hook");
        woven.answer((row, call) -> null);

        assertThat(method(type, "loops").invoke(null, text)).isEqualTo(own);
        woven.answer((row, call) -> "answer");
        assertThat(method(type, "loops").invoke(null, text)).isEqualTo("answer");
    }

    @Test
    void insteadSeesNoReceiverInAStaticMethodAndArgumentsOfTwoSlots() throws Exception {
        Class<?> type = load("joined (JLjava/lang/String;DI)Ljava/lang/String; instead hook");
        woven.answer((row, call) -> null);

        assertThat(method(type, "joined").invoke(null, 1L << 40, "-", 0.5, 7)).isEqualTo((1L << 40) + "-0.57");
        assertThat(woven.asked).containsExactly(new Woven.Asked(0, Arrays.asList(null, 1L << 40, "-", 0.5, 7)));
    }

    @Test
    void argumentsOfEveryKindAreSeen() throws Exception {
        Class<?> type = load("allKinds " + ALL_KINDS + "result hook");
        woven.answer((row, call) -> null);
        Object[] array = {"in an array"};

        Object own = method(type, "allKinds").invoke(null, true, 'c', (byte) 1, (short) 2, 3, 4L, 5f, 6d, array);

        assertThat(own).isEqualTo("truec12345.06.01");
        assertThat(woven.asked.get(0).call())
                .containsExactly(null, true, 'c', (byte) 1, (short) 2, 3, 4L, 5f, 6d, array);
    }

    @Test
    void argumentReplacesTheOneWithItsIndexAlsoBehindOneOfTwoSlots() throws Exception {
        Class<?> type = load("joined (JLjava/lang/String;DI)Ljava/lang/String; argument:1 hook");
        woven.answer((row, call) -> "+");

        assertThat(method(type, "joined").invoke(null, 1L, "-", 2.5, 7)).isEqualTo("1+2.57");
        woven.answer((row, call) -> null);
        assertThat(method(type, "joined").invoke(null, 1L, "-", 2.5, 7)).isEqualTo("1-2.57");
    }

    @Test
    void argumentFitsBeforeAMethodThatBeginsWithALoop() throws Exception {
        Class<?> type = load("loops " + STRING + "argument:0 hook");
        woven.answer((row, call) -> "xy");

        assertThat(method(type, "loops").invoke(null, "abcd")).isEqualTo("xy!!");
    }

    @Test
    void anArgumentOfAConstructorIsReplacedBeforeItsSuperConstructorRuns() throws Exception {
        Class<?> type = built("<init> (Ljava/lang/String;J)V argument:0 hook");
        woven.answer((row, call) -> " other ");

        Object built = type.getConstructor(String.class, long.class).newInstance("text", 5L);

        assertThat(method(type, "base").invoke(built)).isEqualTo("other");
        assertThat(type.getField("text").get(built)).isEqualTo(" other ");
        assertThat(type.getField("number").get(built)).isEqualTo(5L);
        assertThat(woven.asked).containsExactly(new Woven.Asked(0, Arrays.asList(null, "text", 5L)));
    }

    @Test
    void anArgumentOfAConstructorThatCallsAnotherIsReplacedToo() throws Exception {
        Class<?> type = built("<init> (DLjava/lang/String;)V argument:1 hook");
        woven.answer((row, call) -> "other");

        Object built = type.getConstructor(double.class, String.class).newInstance(5.5, "text");

        assertThat(type.getField("text").get(built)).isEqualTo("other");
    }

    @ParameterizedTest
    @CsvSource({"12,number 12", "twelve,word twelve"})
    void resultReplacesWhatIsReturnedFromEachReturn(String text, String own) throws Exception {
        Object sample = sample("tries " + STRING + "result hook");
        woven.answer((row, call) -> null);

        assertThat(call(sample, "tries", text)).isEqualTo(own);
        woven.answer((row, call) -> "instead of " + own);
        assertThat(call(sample, "tries", text)).isEqualTo("instead of " + own);
        assertThat(sample.getClass().getField("tried").get(sample)).isEqualTo(2);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"axb", "ab"})
    void everyShapeFitsAMethodOfManyBranchesAndReturns(String text) throws Exception {
        String descriptor = "branches (Ljava/lang/Object;)Ljava/lang/String; ";
        Object own = new Sample("own").branches(text);
        Object sample = sample(descriptor + "instead hook", descriptor + "argument:0 hook", descriptor + "result hook");
        woven.answer((row, call) -> null);

        assertThat(call(sample, "branches", text)).isEqualTo(own);
        assertThat(woven.asked.stream().map(Woven.Asked::row)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void builtSeesTheObjectWhenItIsThere() throws Exception {
        Class<?> type = built("<init> (Ljava/lang/String;J)V built hook");
        woven.answer((row, call) -> "is not looked at");

        Object built = type.getConstructor(String.class, long.class).newInstance("text", 5L);

        assertThat(woven.asked).containsExactly(new Woven.Asked(0, List.of(built, "text", 5L)));
    }

    @Test
    void anExceptionOfTheHookReachesTheCaller() throws Exception {
        Object sample = sample("plain " + STRING + "instead hook");
        woven.answer((row, call) -> {
            throw new IllegalStateException("for the application");
        });

        assertThatThrownBy(() -> call(sample, "plain", "text"))
                .isInstanceOf(InvocationTargetException.class)
                .hasRootCauseMessage("for the application");
    }

    @ParameterizedTest
    @CsvSource({
        // age, overdue, past, isOld
        "3,  false, false, false",
        "3,  false, true,  false",
        "3,  true,  false, false",
        "3,  true,  true,  true",
        "-1, false, false, true",
        "11, true,  false, true",
        "11, true,  true,  true",
    })
    void orPastIsThePoolsAnswerOrOurs(int age, boolean overdue, boolean past, boolean old) throws Exception {
        Object sample = sample("isOld (I)Z or-past past");
        woven.answer((row, call) -> past);
        woven.bridge.overdue(overdue);

        assertThat(call(sample, "isOld", age)).isEqualTo(old);
    }

    @ParameterizedTest
    @CsvSource({
        "3,  true,  true,  false",
        "11, false, true,  true",
        "11, true,  false, true",
        "11, true,  true,  false",
        "-1, true,  true,  false",
    })
    void unlessPastIsTheDriversAnswerUnlessPast(int age, boolean overdue, boolean past, boolean valid)
            throws Exception {
        Object sample = sample("isOld (I)Z unless-past past");
        woven.answer((row, call) -> past);
        woven.bridge.overdue(overdue);

        assertThat(call(sample, "isOld", age)).isEqualTo(valid);
    }
}
