package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WeakIdentityMapTest {

    @Test
    void whatIsPutLastIsThere() {
        WeakIdentityMap<String> map = new WeakIdentityMap<>();
        Object key = new Object();

        map.put(key, "first");
        map.put(key, "second");

        assertThat(map.get(key)).isEqualTo("second");
        assertThat(map.values()).containsExactly("second");
    }

    private final WeakIdentityMap<String> map = new WeakIdentityMap<>();
    private final Object kept = new Object();

    /** Equal to every other, as are the handles of some pools that wrap the same connection. */
    private static final class AllEqual {
        @Override
        public boolean equals(Object other) {
            return other instanceof AllEqual;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void equalObjectsAreTwoKeys() {
        AllEqual one = new AllEqual();
        AllEqual two = new AllEqual();
        map.put(one, "one");
        map.put(two, "two");

        assertThat(map.get(one)).isEqualTo("one");
        assertThat(map.get(two)).isEqualTo("two");
        assertThat(map.get(new AllEqual())).isNull();
        map.remove(one);
        assertThat(map.get(one)).isNull();
        assertThat(map.values()).containsExactly("two");
    }

    @Test
    void aKeysHashCodeIsNeverAsked() {
        Object unhashable = new Object() {
            @Override
            public boolean equals(Object other) {
                throw new IllegalStateException("closed");
            }

            @Override
            public int hashCode() {
                throw new IllegalStateException("closed");
            }
        };

        map.put(unhashable, "value");

        assertThat(map.get(unhashable)).isEqualTo("value");
    }

    @Test
    void nullAndStrangersAreNotThere() {
        assertThat(map.get(null)).isNull();
        assertThat(map.get("stranger")).isNull();
    }

    @Test
    void aCollectedKeyVanishesWithItsValue() {
        map.put(kept, "kept");
        for (int i = 0; i < 100; i++) {
            map.put(new Object(), "dropped");
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            map.forgetCollected();
            return map.values().size() == 1;
        });
        assertThat(map.get(kept)).isEqualTo("kept");
    }

    @Test
    void threadsThatPutAndRemoveAtOnceDoNotDisturbEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> work = () -> {
                boolean right = true;
                List<Object> mine = new ArrayList<>();
                for (int i = 0; i < 2000; i++) {
                    Object key = new AllEqual();
                    mine.add(key);
                    map.put(key, "value " + i);
                    right &= ("value " + i).equals(map.get(key));
                }
                mine.forEach(map::remove);
                return right;
            };
            for (Future<Boolean> right : threads.invokeAll(Collections.nCopies(8, work))) {
                assertThat(right.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(map.values()).isEmpty();
    }
}
