package io.rdsagent.config;

import java.util.Map;

/** What each key is set to, for one database or for all. */
final class Values {
    private final Map<Key<?>, Object> given;
    private final Values otherwise;

    /** @param otherwise asked for what is not given; null for the keys' own defaults */
    Values(Map<Key<?>, Object> given, Values otherwise) {
        this.given = given;
        this.otherwise = otherwise;
    }

    /** The value in effect; null where there is none. */
    <T> T get(Key<T> key) {
        if (given.containsKey(key)) {
            return own(key);
        }
        return otherwise == null ? key.defaultValue() : otherwise.get(key);
    }

    /** The value given here and not inherited, or null. */
    @SuppressWarnings("unchecked") // what is put for a key is what that key's own parser returned
    <T> T own(Key<T> key) {
        return (T) given.get(key);
    }
}
