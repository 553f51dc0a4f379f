package io.rdsagent.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoresTest {

    @Test
    void collectionsMapsAndArraysAreFoundByTheNamesOfTheFieldsThatLeadToThem() {
        Pool pool = new Pool();

        assertThat(Stores.of(pool, Pool.class))
                .containsOnly(
                        Map.entry("idle", pool.idle),
                        Map.entry("all", pool.all),
                        Map.entry("slots", pool.slots),
                        Map.entry("inner.list", pool.inner.list),
                        Map.entry("SHARED", Pool.SHARED));
    }

    @Test
    void ofAStaticPoolOnlyTheStaticFieldsAreLookedAt() {
        assertThat(Stores.of(null, Pool.class)).containsOnly(Map.entry("SHARED", Pool.SHARED));
    }

    @Test
    void theContentsAreACopy() {
        Pool pool = new Pool();
        pool.idle.add("one");
        List<Object> contents = Stores.contents(pool.idle);

        pool.idle.clear();

        assertThat(contents).containsExactly("one");
        assertThat(Stores.contents(pool.all)).containsExactly("value");
        assertThat(Stores.contents(pool.slots)).containsExactly("a", null);
    }

    @Test
    void whatAnotherThreadChangesMeanwhileCountsAsEmpty() {
        assertThat(Stores.contents(new ArrayList<>(List.of("one")) {
                    @Override
                    public Object[] toArray() {
                        throw new java.util.ConcurrentModificationException();
                    }
                }))
                .isEmpty();
    }

    private static final class Pool {
        static final List<Object> SHARED = new ArrayList<>();
        final Deque<Object> idle = new ArrayDeque<>();
        final Map<String, Object> all = new java.util.HashMap<>(Map.of("key", "value"));
        final Object[] slots = {"a", null};
        final Inner inner = new Inner();
    }

    private static final class Inner {
        final List<Object> list = new ArrayList<>();
    }
}
