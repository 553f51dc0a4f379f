package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.Configured;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutageTest {

    private final Outage outage = new Outage();

    @Test
    void itIsWaitedForFromItsBeginningOn() {
        outage.ended();

        assertThat(outage.seen(1000, 30_000)).isEqualTo(31_000);
        assertThat(outage.seen(25_000, 30_000)).isEqualTo(31_000);
        assertThat(outage.seen(40_000, 30_000)).isEqualTo(31_000);
    }

    @Test
    void theNextOneIsAnother() {
        outage.ended();
        outage.seen(1000, 30_000);
        outage.ended();

        assertThat(outage.seen(20_000, 30_000)).isEqualTo(50_000);
    }

    @Test
    void afterAChangeItIsAnother() {
        outage.ended();
        outage.seen(1000, 30_000);
        outage.changed();

        assertThat(outage.seen(20_000, 30_000)).isEqualTo(50_000);
    }

    @Test
    void whatNeverServedIsNotWaitedFor() {
        assertThat(outage.seen(1000, 30_000)).isEqualTo(1000);
    }

    @Test
    void whoWaitsIsWokenWhenAnEndpointIsFitAgain() throws Exception {
        Endpoint one = Configured.endpoint("orders-1.abcdefghijkl.eu-west-1.rds.amazonaws.com:5432");
        Database database = Configured.orders(Configured.database("iam=auto"), one);
        Servers.dead(one);
        CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> {
            try {
                database.awaitFit(List.of(), Duration.ofHours(1).toMillis());
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        });

        Servers.serve(
                database, List.of(one, Configured.endpoint("orders-2.abcdefghijkl.eu-west-1.rds.amazonaws.com:5432")));
        database.changed();

        assertThat(waits).succeedsWithin(Duration.ofMinutes(1));
    }
}
