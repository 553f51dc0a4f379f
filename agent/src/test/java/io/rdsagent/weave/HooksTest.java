package io.rdsagent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HooksTest {

    private final Map<String, Hook> named = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Targets targets = new Targets(
            List.of(Target.parse(0, "a/B open ()V built first"), Target.parse(1, "a/B shut ()V built second")));

    @Test
    void eachRowHasItsOwnHook() {
        named.put("first", call -> "first " + call[0]);
        named.put("second", call -> "second " + call[0]);

        assertThat(hooks().apply(0, new Object[] {"a"})).isEqualTo("first a");
        assertThat(hooks().apply(1, new Object[] {"b"})).isEqualTo("second b");
    }

    @Test
    void aTableThatNamesAHookThatIsNotThereIsRefused() {
        named.put("first", call -> null);

        assertThatIllegalArgumentException().isThrownBy(this::hooks).withMessageContaining("second");
    }

    @Test
    void anSqlExceptionIsForTheApplicationAndNoFault() {
        SQLException refused = new SQLException("refused", "28000");
        named.put("first", call -> {
            throw refused;
        });
        named.put("second", call -> null);

        assertThatThrownBy(() -> hooks().apply(0, new Object[0])).isSameAs(refused);
        assertThat(faults).isEmpty();
    }

    @Test
    void whatADriverIsMeantToSeeIsThrownAsTheDriverKnowsIt() {
        java.io.IOException refused = new java.io.IOException("refused");
        named.put("first", call -> {
            throw new ForTheDriver(refused);
        });
        named.put("second", call -> null);

        assertThatThrownBy(() -> hooks().apply(0, new Object[0])).isSameAs(refused);
        assertThat(faults).isEmpty();
    }

    static List<Throwable> faults() {
        return List.of(
                new NullPointerException("bug"),
                new NoSuchFieldError("bug"),
                new java.io.IOException("bug"),
                new AssertionError("bug"),
                new StackOverflowError("bug"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfOursIsSaidAndTheMethodGoesOn(Throwable fault) {
        named.put("first", call -> {
            if (fault instanceof Error error) {
                throw error;
            }
            throw (Exception) fault;
        });
        named.put("second", call -> null);

        assertThat(hooks().apply(0, new Object[0])).isNull();
        assertThat(faults).containsExactly("first " + fault);
    }

    private Hooks hooks() {
        return new Hooks(targets, named, (hook, fault) -> faults.add(hook + " " + fault));
    }
}
