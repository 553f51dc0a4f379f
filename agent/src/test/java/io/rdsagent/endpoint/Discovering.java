package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.given.Configured;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cluster whose instances are looked for, in time that passes when it is told to. */
abstract class Discovering {

    static final String DOMAIN = "abcdefghijkl.eu-west-1.rds.amazonaws.com";
    static final String WRITER = "orders.cluster-" + DOMAIN;
    static final String READERS = "orders.cluster-ro-" + DOMAIN;
    static final Duration SELDOM = Duration.ofSeconds(31);

    final VirtualTime time = new VirtualTime();
    final RecordedEvents events = new RecordedEvents();
    final Databases databases = new Databases(Configured.noAliases(time), () -> 0, database -> {});
    final Health health = new Health(
            new Probe((socket, name) -> {}, time.timer()), time, time.timer(), task -> {}, nothing(), events);
    final Cluster cluster = new Cluster();
    final Discoveries discoveries = new Discoveries(
            databases,
            health,
            new Listener(),
            null,
            (config, name) -> cluster,
            time,
            time.timer(),
            Runnable::run,
            events);

    /** Instances that each know by themselves who the writer is. */
    static final class Cluster implements TopologySource {

        final List<String> asked = new ArrayList<>();
        final Set<String> dead = new HashSet<>();
        final Set<String> behind = new HashSet<>();
        List<String> ids = List.of("a", "b", "c");
        Map<String, String> zones = Map.of();
        String writer = "a";
        String before = "a";
        String refusal;
        String lost;
        int rests;
        Runnable whenAsked = () -> {};

        @Override
        public View ask(Endpoint where) throws TopologyException {
            String host = where.address().host();
            String id = host.equals(WRITER) ? writer : host.equals(READERS) ? "b" : host.substring(0, 1);
            asked.add(id);
            whenAsked.run();
            if (refusal != null) {
                throw TopologyException.refused(refusal, null);
            }
            if (dead.contains(id)) {
                throw TopologyException.unanswered(new Exception("gone"));
            }
            String known = behind.contains(id) ? before : writer;
            return new View(
                    ids.stream()
                            .map(each -> new Member(
                                    at(each), each.equals(known) ? Role.WRITER : Role.READER, zones.get(each)))
                            .toList(),
                    at(id));
        }

        @Override
        public boolean asksTheDatabase() {
            return true;
        }

        @Override
        public boolean hasLost() {
            boolean gone = lost != null
                    && !asked.isEmpty()
                    && asked.get(asked.size() - 1).equals(lost);
            lost = gone ? null : lost;
            return gone;
        }

        @Override
        public void rest() {
            rests++;
        }

        @Override
        public String toString() {
            return "the test";
        }
    }

    static HostPort at(String id) {
        return HostPort.of(id + "." + DOMAIN, 5432);
    }

    Database known(String host) {
        return known(host, "iam=auto");
    }

    Database known(String host, String settings) {
        Database database = databases.of(Configured.database(settings), Configured.hosts(host));
        database.balancer().order();
        discoveries.begin(database, name -> cluster);
        time.advance(Duration.ofSeconds(1));
        return database;
    }

    static List<String> serving(Database database) {
        return ids(database.endpoints());
    }

    static List<String> ids(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.address().host().split("\\.")[0])
                .toList();
    }

    static Health.Consequence nothing() {
        return new Health.Consequence() {
            @Override
            public void silent(Database database, Endpoint endpoint) {}

            @Override
            public void dead(Database database, Endpoint endpoint) {}
        };
    }

    static final class Listener implements TopologyListener {

        @Override
        public void changed(Database database, Topology before) {}

        @Override
        public void seen(Database database) {}
    }
}
