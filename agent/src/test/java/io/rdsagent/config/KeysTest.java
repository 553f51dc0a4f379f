package io.rdsagent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {
    static Iterable<Key<?>> keys() {
        return Keys.all();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyDefaultIsAValueOfItsKey(Key<?> key) {
        assertThatCode(key::defaultValue).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsFoundByItsNameInEveryPlace(Key<?> key) {
        String upper = key.name().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');

        assertThat(Spelling.of(key.name(), false).key()).isSameAs(key);
        assertThat(Spelling.of(upper, true).key()).isSameAs(key);
        assertThat(Spelling.of("db.orders." + key.name(), false).key()).isSameAs(key);
        assertThat(Spelling.of("DB_ORDERS_EU_" + upper, true).key()).isSameAs(key);
        assertThat(Spelling.of("DB_ORDERS_EU_" + upper, true).database()).isEqualTo("orders-eu");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyHasASentenceForTheManual(Key<?> key) {
        assertThat(key.meaning()).matches("[A-Z].*\\.");
        assertThat(key.kind() + key.expected()).doesNotContain("|", "\n");
    }
}
