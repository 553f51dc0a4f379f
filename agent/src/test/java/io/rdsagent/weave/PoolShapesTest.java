package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes by which pools are held. */
class PoolShapesTest {

    private Woven woven;

    @AfterEach
    void leaveTheJvmAsItWas() throws Exception {
        woven.disconnect();
    }

    @Test
    void afterSeesTheReceiverAndTheArgumentsWhenTheMethodIsDone() throws Exception {
        Object pool = pool("put (Ljava/lang/String;J)V after hook");
        woven.answer((row, call) -> field(pool, "put"));

        call(pool, "put", "text", 5L);

        assertThat(woven.asked).containsExactly(new Woven.Asked(0, List.of(pool, "text", 5L)));
    }

    @Test
    void madeSeesTheReceiverAndWhatItReturns() throws Exception {
        Object pool = pool("take (Ljava/lang/String;)Ljava/lang/String; made hook");
        woven.answer((row, call) -> "not looked at");

        assertThat(call(pool, "take", "one")).isEqualTo("one");
        assertThat(woven.asked).containsExactly(new Woven.Asked(0, List.of(pool, "one")));
    }

    @ParameterizedTest
    @CsvSource({
        // overdue, past, expired
        "false, true,  false",
        "true,  false, false",
        "true,  true,  true",
    })
    void orPastAsksAboutTheArgumentThatTheRowNames(boolean overdue, boolean past, boolean expired) throws Exception {
        Object pool = pool("expired (JLjava/lang/Object;)Z or-past:1 past");
        woven.answer((row, call) -> past);
        woven.bridge.overdue(overdue);

        assertThat(call(pool, "expired", 1L, "it")).isEqualTo(expired);
        assertThat(woven.asked).isEqualTo(overdue ? List.of(new Woven.Asked(0, List.of("it"))) : List.of());
    }

    @Test
    void unlessPastAsksAboutTheArgumentThatTheRowNames() throws Exception {
        Object pool = pool("ready (Ljava/lang/Object;)Z unless-past:0 past");
        woven.answer((row, call) -> "it".equals(call[0]));
        woven.bridge.overdue(true);

        assertThat(call(pool, "ready", "it")).isEqualTo(false);
        assertThat(call(pool, "ready", "other")).isEqualTo(true);
    }

    @Test
    void checkMayThrowBeforeTheMethodDoesAnything() throws Exception {
        Object pool = pool("put (Ljava/lang/String;J)V check:0 hook");
        woven.answer((row, call) -> {
            throw new IllegalStateException("not this one");
        });
        woven.bridge.overdue(true);

        assertThatThrownBy(() -> call(pool, "put", "text", 5L))
                .isInstanceOf(InvocationTargetException.class)
                .hasRootCauseMessage("not this one");
        assertThat(field(pool, "put")).isNull();
        assertThat(woven.asked).containsExactly(new Woven.Asked(0, List.of("text")));
    }

    @Test
    void guardHandsOutAnotherAndSeesWhatItNeedsToAskAgain() throws Exception {
        Object pool = pool("take (Ljava/lang/String;)Ljava/lang/String; guard hook");
        woven.answer((row, call) -> "other");
        woven.bridge.overdue(true);

        assertThat(call(pool, "take", "one")).isEqualTo("other");
        assertThat(woven.asked).containsExactly(new Woven.Asked(0, Arrays.asList(pool, "one", "one", null)));
    }

    @Test
    void guardOfAStaticMethodHasNoReceiver() throws Exception {
        Object pool = pool("only ()Ljava/lang/String; guard hook");
        woven.answer((row, call) -> null);
        woven.bridge.overdue(true);

        assertThat(call(pool, "only")).isEqualTo("the only one");
        assertThat(woven.asked).containsExactly(new Woven.Asked(0, Arrays.asList(null, "the only one", null, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put (Ljava/lang/String;J)V check:0 hook",
                "take (Ljava/lang/String;)Ljava/lang/String; guard hook"
            })
    void whileNothingIsOverdueNoHookIsAsked(String row) throws Exception {
        Object pool = pool(row);
        woven.answer((number, call) -> "not looked at");

        call(pool, "put", "text", 5L);
        assertThat(call(pool, "take", "one")).isEqualTo("one");
        assertThat(woven.asked).isEmpty();
    }

    private Object pool(String row) throws Exception {
        woven = new Woven("io/rdsagent/weave/PoolShapesTest$Bag " + row);
        return woven.load(Bag.class).getConstructor().newInstance();
    }

    private static Object field(Object pool, String name) {
        try {
            return pool.getClass().getField(name).get(pool);
        } catch (ReflectiveOperationException gone) {
            throw new LinkageError(gone.getMessage(), gone);
        }
    }

    private static Object call(Object pool, String name, Object... arguments) throws Exception {
        return Stream.of(pool.getClass().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .invoke(pool, arguments);
    }

    /** A pool, as far as the shapes are concerned. */
    public static class Bag {

        public String put;

        public void put(String text, long number) {
            put = text + number;
        }

        public boolean expired(long age, Object it) {
            return age < 0 || it == null;
        }

        public boolean ready(Object it) {
            return it != null;
        }

        public String take(String one) {
            if (one == null) {
                return null;
            }
            return one;
        }

        public static String only() {
            return "the only one";
        }
    }
}
