package io.rdsagent.endpoint;

import io.rdsagent.given.Configured;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An endpoint that is watched, in time that passes when it is told to, and its probes, which fail as they are told to. */
abstract class Watched {

    static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);
    final VirtualTime time = new VirtualTime();
    final RecordedEvents events = new RecordedEvents();
    final List<String> consequences = Collections.synchronizedList(new ArrayList<>());
    final Queue<Runnable> probers = new ArrayDeque<>();
    IOException silence;
    /** What happens while a probe waits for its answer. */
    Runnable meanwhile = () -> {};

    int probed;
    long diedAt;
    ServerSocket server;
    Endpoint endpoint;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        endpoint = Configured.endpoint("127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    Health watched(String settings) {
        Health health = health();
        health.watch(Configured.orders(Configured.database(settings), endpoint));
        return health;
    }

    Health health() {
        return health(probers::add);
    }

    Health health(Executor threads) {
        Probe probe = new Probe(
                (socket, name) -> {
                    probed++;
                    meanwhile.run();
                    if (silence != null) {
                        throw silence;
                    }
                },
                time.timer());
        return new Health(probe, time, time.timer(), threads, recorded(), events);
    }

    Health.Consequence recorded() {
        return new Health.Consequence() {
            @Override
            public void silent(Database database, Endpoint silenced) {
                consequences.add("silent");
            }

            @Override
            public void dead(Database database, Endpoint died) {
                consequences.add("dead");
                diedAt = time.millis();
            }
        };
    }

    /** Waits for the next probe and has it done. */
    void probe() {
        time.advance(time.waiting().get(0));
        runProbers();
    }

    void serve(Duration forSoLong) {
        long end = time.millis() + forSoLong.toMillis();
        while (time.millis() < end) {
            probe();
        }
    }

    void runProbers() {
        while (!probers.isEmpty()) {
            probers.remove().run();
        }
    }
}
