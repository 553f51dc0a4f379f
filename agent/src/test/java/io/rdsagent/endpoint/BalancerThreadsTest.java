package io.rdsagent.endpoint;

import static io.rdsagent.endpoint.Balanced.endpoints;
import static io.rdsagent.endpoint.Balanced.spread;
import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.Balance;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many who connect at once. */
class BalancerThreadsTest {

    private static final int THREADS = 20;

    @Test
    void roundRobinIsEvenForThreadsThatConnectAtOnce() throws Exception {
        List<Boolean> healthy = List.of(true, true, false, true);

        assertThat(spread(healthy, afterManyAtOnce(healthy, Balance.ROUND_ROBIN)))
                .isZero();
    }

    @Test
    void leastConnectionsIsEvenForThreadsThatConnectAtOnce() throws Exception {
        List<Boolean> healthy = List.of(true, true, false, true);

        assertThat(spread(healthy, afterManyAtOnce(healthy, Balance.LEAST_CONNECTIONS)))
                .isZero();
    }

    /** 600 connects in all, a multiple of three healthy endpoints. */
    private static List<Endpoint> afterManyAtOnce(List<Boolean> healthy, Balance balance) throws Exception {
        List<Endpoint> endpoints = endpoints(healthy);
        Balancer balancer = new Balancer(endpoints, balance, 5);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<Void> connects = () -> {
                together.await(10, TimeUnit.SECONDS);
                for (int i = 0; i < 30; i++) {
                    balancer.order();
                }
                return null;
            };
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, connects))) {
                done.get();
            }
            return endpoints;
        } finally {
            threads.shutdownNow();
        }
    }
}
