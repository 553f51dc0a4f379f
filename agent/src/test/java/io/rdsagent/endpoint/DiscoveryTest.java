package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.event.HealthChange;
import io.rdsagent.given.Configured;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom the instances of a database are learnt from, and what is believed. */
class DiscoveryTest extends Discovering {

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
        Database database = failedOverFromAToCWhileBIsBehind();

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
    void aWriterThatSaysItIsOneIsNotGivenUpForADeadOneThatSomebodyWhoIsBehindStillNames() {
        Database database = failedOverFromAToCWhileBIsBehind();

        cluster.lost = "c";
        time.advance(Duration.ofSeconds(30));

        assertThat(events.topologies).hasSize(2);
        assertThat(serving(database)).containsExactly("c");
    }

    private Database failedOverFromAToCWhileBIsBehind() {
        Database database = known(WRITER);
        database.endpoints().get(0).state(HealthChange.State.SILENT);
        cluster.dead.add("a");
        cluster.writer = "c";
        cluster.behind.add("b");
        database.suspect();
        time.advance(Duration.ofSeconds(1));
        return database;
    }

    @Test
    void oneThatCantBeAskedIsBelievedToBeTheWriterWhereTheFormerOneCantEither() {
        Database database = known(WRITER);
        cluster.dead.addAll(List.of("a", "c"));
        cluster.writer = "c";

        database.suspect();
        time.advance(Duration.ofSeconds(2));

        assertThat(serving(database)).containsExactly("c");
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
}
