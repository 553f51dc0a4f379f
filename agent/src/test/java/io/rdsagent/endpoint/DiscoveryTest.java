package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.event.HealthChange;
import io.rdsagent.given.Configured;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When the instances of a database are asked for, whom, and what is believed. */
class DiscoveryTest {

    private static final String DOMAIN = "abcdefghijkl.eu-west-1.rds.amazonaws.com";
    private static final String WRITER = "orders.cluster-" + DOMAIN;
    private static final String READERS = "orders.cluster-ro-" + DOMAIN;
    private static final Duration SELDOM = Duration.ofSeconds(31);

    private final VirtualTime time = new VirtualTime();
    private final RecordedEvents events = new RecordedEvents();
    private final Databases databases = new Databases(Configured.noAliases(time), () -> 0, database -> {});
    private final Health health = new Health(
            new Probe((socket, name) -> {}, time.timer()), time, time.timer(), task -> {}, nothing(), events);
    private final Cluster cluster = new Cluster();
    private final Discoveries discoveries = new Discoveries(
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
    private static final class Cluster implements TopologySource {

        private final List<String> asked = new ArrayList<>();
        private final Set<String> dead = new HashSet<>();
        private final Set<String> behind = new HashSet<>();
        private List<String> ids = List.of("a", "b", "c");
        private Map<String, String> zones = Map.of();
        private String writer = "a";
        private String before = "a";
        private String refusal;
        private String lost;
        private int rests;

        @Override
        public View ask(Endpoint where) throws TopologyException {
            String host = where.address().host();
            String id = host.equals(WRITER) ? writer : host.equals(READERS) ? "b" : host.substring(0, 1);
            asked.add(id);
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

    private static HostPort at(String id) {
        return HostPort.of(id + "." + DOMAIN, 5432);
    }

    @Test
    void aWritersNameLeadsToTheWriterAndAReadersToTheReaders() {
        Database writer = known(WRITER);
        Database readers = known(READERS);

        assertThat(serving(writer)).containsExactly("a");
        assertThat(serving(readers)).containsExactly("b", "c");
        assertThat(writer.endpoints().get(0).address()).isEqualTo(at("a"));
        assertThat(writer.wantsWriter()).isTrue();
    }

    @Test
    void behindThoseThatServeAConnectTriesTheWriterForAReaderAndLastWhatTheUrlNames() {
        assertThat(ids(known(READERS).balancer().order())).containsExactly("c", "b", "a", "orders");
        assertThat(ids(known(WRITER).balancer().order())).containsExactly("a", "orders");
    }

    @Test
    void withoutAnyReaderTheWriterServesThoseWhoRead() {
        cluster.ids = List.of("a");

        assertThat(serving(known(READERS))).containsExactly("a");
    }

    @Test
    void whereAnyRoleWillDoAllServe() {
        assertThat(serving(known(WRITER, "role=any"))).containsExactly("a", "b", "c");
    }

    @Test
    void whileAllIsWellTheWriterAloneIsAskedAndSeldom() {
        known(WRITER);
        cluster.asked.clear();

        time.advance(Duration.ofMinutes(10));

        assertThat(cluster.asked).hasSizeBetween(19, 21).containsOnly("a");
        assertThat(cluster.rests).as("what is open stays open").isZero();
    }

    @Test
    void aSuspicionIsFollowedOftenAndThenEndsByItself() {
        Database database = known(WRITER);
        cluster.asked.clear();

        database.suspect();
        assertThat(database.isInDoubt()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(cluster.asked).hasSizeBetween(3, 6);
        time.advance(Duration.ofSeconds(20));
        assertThat(database.isInDoubt()).isFalse();
        cluster.asked.clear();
        time.advance(Duration.ofSeconds(60));
        assertThat(cluster.asked).hasSizeBetween(1, 3);
    }

    @Test
    void howeverManySuspectAtOnceItIsAskedAtMostTenTimesASecond() {
        Database database = known(WRITER);
        cluster.asked.clear();

        for (int i = 0; i < 1000; i++) {
            database.suspect();
            time.advance(Duration.ofMillis(1));
        }

        assertThat(cluster.asked).hasSizeBetween(4, 10);
    }

    @Test
    void aNewWriterIsFoundWithinHalfASecondOfTheOldOnesGoodBye() {
        Database database = known(WRITER);
        Endpoint old = database.endpoints().get(0);
        cluster.lost = "a";
        cluster.dead.add("a");
        cluster.writer = "b";

        time.advance(Duration.ofMillis(500));
        old.state(HealthChange.State.SILENT);
        time.advance(Duration.ofMillis(500));

        assertThat(serving(database)).containsExactly("b");
        assertThat(events.topologies.get(1).writer).contains("b.");
        assertThat(events.topologies.get(1).formerWriter).contains("a.");
    }

    @Test
    void anInstanceThatHasNotHeardYetIsNotBelievedForLong() {
        Database database = known(WRITER);
        database.endpoints().get(0).state(HealthChange.State.SILENT);
        cluster.dead.add("a");
        cluster.writer = "c";
        cluster.behind.add("b");

        database.suspect();
        time.advance(Duration.ofSeconds(1));

        assertThat(serving(database)).containsExactly("c");
    }

    @Test
    void whileTheOldWriterServesTheNewOneItselfIsAskedBeforeItIsBelieved() {
        Database database = known(READERS);
        cluster.asked.clear();
        cluster.writer = "c";

        database.suspect();
        time.advance(Duration.ofMillis(50));

        assertThat(cluster.asked).endsWith("c");
        assertThat(serving(database)).containsExactly("a", "b");
    }

    @Test
    void aRumourThatTheNamedWriterDeniesIsNotBelieved() {
        Database database = known(READERS);
        cluster.before = "c";
        cluster.behind.add("b");

        database.suspect();
        time.advance(Duration.ofMillis(50));

        assertThat(serving(database)).containsExactly("b", "c");
    }

    @Test
    void whatOneHasSeenTheOthersLookAtAtOnce() {
        Database writer = known(WRITER);
        Database readers = known(READERS);
        cluster.writer = "b";

        writer.suspect();
        time.advance(Duration.ofMillis(200));

        assertThat(serving(writer)).containsExactly("b");
        assertThat(serving(readers)).containsExactly("a", "c");
    }

    @Test
    void aLongSilenceOfTheSourceLeavesWhatWasKnown() {
        Database database = known(READERS);
        cluster.dead.addAll(List.of("a", "b", "c"));

        time.advance(Duration.ofMinutes(3));

        assertThat(serving(database)).containsExactly("b", "c");
        assertThat(database.isInDoubt()).isTrue();
    }

    @Test
    void aRefusalIsSaidOnceAndAskedAgainAfterFiveMinutes() {
        cluster.refusal = "GRANT it.";
        Database database = known(WRITER);
        time.advance(Duration.ofMinutes(4));
        assertThat(cluster.asked).hasSize(1);
        assertThat(ids(database.endpoints())).containsExactly("orders");

        time.advance(Duration.ofMinutes(2));
        assertThat(cluster.asked).hasSize(2);
        assertThat(events.notices).singleElement().satisfies(notice -> {
            assertThat(notice.warning).isTrue();
            assertThat(notice.text).contains("its instances are not known. GRANT it.");
        });

        cluster.refusal = null;
        time.advance(Duration.ofMinutes(5));
        assertThat(serving(database)).containsExactly("a");
    }

    @Test
    void whenWhatWasKnownIsRefusedTheNameOfTheUrlServesAgain() {
        Database database = known(WRITER);
        cluster.refusal = "GRANT it.";

        time.advance(SELDOM);

        assertThat(ids(database.endpoints())).containsExactly("orders");
    }

    @Test
    void aDatabaseThatNobodyUsesIsAskedNoMoreUntilItIsUsedAgain() {
        Database database = known(WRITER);
        database.topology().all().forEach(endpoint -> {
            while (endpoint.open() > 0) {
                endpoint.closed();
            }
        });

        time.advance(Duration.ofMinutes(1));
        assertThat(cluster.rests).isEqualTo(1);
        int asked = cluster.asked.size();
        time.advance(Duration.ofMinutes(10));
        assertThat(cluster.asked).hasSize(asked);
        assertThat(time.waiting()).isEmpty();

        database.balancer().order();
        database.used();
        time.advance(Duration.ofMillis(10));
        assertThat(cluster.asked).hasSize(asked + 1);
    }

    @Test
    void anInstanceThatJoinsKeepsTheOthersAndIsTold() {
        Database database = known(READERS);
        List<Endpoint> before = database.endpoints();
        cluster.ids = List.of("a", "b", "c", "d");

        time.advance(SELDOM);

        assertThat(serving(database)).containsExactly("b", "c", "d");
        assertThat(database.endpoints().subList(0, 2)).containsExactlyElementsOf(before);
        assertThat(events.topologies.get(1).joined).containsExactly(at("d") + " (reader)");
        assertThat(database.endpoints().get(2).warmth(time.millis())).isLessThan(0.2);
        assertThat(before.get(0).warmth(time.millis())).isEqualTo(1);
    }

    @Test
    void anInstanceThatLeavesIsTold() {
        Database database = known(READERS);
        cluster.ids = List.of("a", "b");

        time.advance(SELDOM);

        assertThat(serving(database)).containsExactly("b");
        assertThat(events.topologies.get(1).left).containsExactly(at("c").toString());
    }

    @Test
    void whereTheEndpointsAreListedOrAnotherIsSignedForNothingIsLookedFor() {
        known(WRITER, "endpoints=x:1,y:2");
        known(READERS, "sign-for=" + WRITER + ":5432");
        known("orders-1." + DOMAIN);
        known("orders.proxy-" + DOMAIN);
        known("db.example.com");

        assertThat(cluster.asked).isEmpty();
        assertThat(events.notices).isEmpty();
    }

    @Test
    void aNameThatDoesNotSayTheRoleNeedsOne() {
        known("orders-1." + DOMAIN, "discover=topology");

        assertThat(cluster.asked).isEmpty();
        assertThat(events.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text).contains("Set `role`"));
    }

    @Test
    void withoutATokenThereIsNoLoginToAskBy() {
        Database database = databases.of(Configured.database("iam=auto"), Configured.hosts(WRITER));
        discoveries.begin(database, name -> null);

        assertThat(events.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text).contains("which the agent doesn't keep"));
        assertThat(database.isInDoubt()).isFalse();
        database.suspect();
        database.used();
        assertThat(time.waiting()).isEmpty();
    }

    @Test
    void theReaderInTheZoneThatIsWishedForIsPreferred() {
        cluster.zones = Map.of("a", "eu-west-1a", "b", "eu-west-1b", "c", "eu-west-1c");

        Database database = known(READERS, "zone=eu-west-1c");

        assertThat(ids(database.balancer().order())).containsExactly("c", "b", "a", "orders");
        assertThat(ids(database.balancer().order())).containsExactly("c", "b", "a", "orders");
        assertThat(events.notices).isEmpty();
    }

    @Test
    void aZoneThatNoInstanceIsInIsSaidOnce() {
        cluster.zones = Map.of("a", "eu-west-1a", "b", "eu-west-1b", "c", "eu-west-1b");

        known(READERS, "zone=eu-west-1c");
        cluster.ids = List.of("a", "b");
        time.advance(SELDOM);

        assertThat(events.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text)
                        .contains("in eu-west-1c", "they are in eu-west-1a, eu-west-1b", "Set `zone` to one of these"));
    }

    @Test
    void whereTheZonesAreNotToldThatIsSaid() {
        known(READERS, "zone=eu-west-1c");

        assertThat(events.notices)
                .singleElement()
                .satisfies(
                        notice -> assertThat(notice.text).contains("does not tell their zones", "`discover` to aws"));
    }

    @Test
    void whereNoInstancesAreLookedForTheZoneIsSaidToHaveNoEffect() {
        known(READERS, "zone=eu-west-1c;discover=none");

        assertThat(events.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text).contains("`zone` has no effect"));
    }

    private Database known(String host) {
        return known(host, "iam=auto");
    }

    private Database known(String host, String settings) {
        Database database = databases.of(Configured.database(settings), Configured.hosts(host));
        database.balancer().order();
        discoveries.begin(database, name -> cluster);
        time.advance(Duration.ofSeconds(1));
        return database;
    }

    private static List<String> serving(Database database) {
        return ids(database.endpoints());
    }

    private static List<String> ids(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.address().host().split("\\.")[0])
                .toList();
    }

    private static Health.Consequence nothing() {
        return new Health.Consequence() {
            @Override
            public void silent(Database database, Endpoint endpoint) {}

            @Override
            public void dead(Database database, Endpoint endpoint) {}
        };
    }

    private static final class Listener implements TopologyListener {

        @Override
        public void changed(Database database, Topology before) {}

        @Override
        public void seen(Database database) {}
    }
}
