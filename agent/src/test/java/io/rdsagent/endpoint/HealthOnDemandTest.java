package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.RoleWish;
import io.rdsagent.given.Configured;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When an endpoint is asked out of turn. */
class HealthOnDemandTest extends Watched {

    @Test
    void aLoginThatWentThroughProvesItAlive() {
        Health health = watched("dead.after=1");
        silence = new IOException("connection refused");
        probe();

        health.proven(endpoint);

        assertThat(endpoint.isHealthy()).isTrue();
        assertThat(events.health)
                .last()
                .satisfies(change -> assertThat(change.why).isEqualTo("a login went through"));
        probe();
        assertThat(consequences).containsExactly("silent", "dead", "silent", "dead");
    }

    @Test
    void aProofOfWhatServesAnywayIsNoNews() {
        Health health = watched("dead.after=1");

        health.proven(endpoint);
        health.proven(Configured.endpoint("stranger:1"));

        assertThat(events.health).isEmpty();
    }

    @Test
    void aSuspectIsAskedAtOnce() {
        Health health = watched("dead.after=3");
        silence = new IOException("connection refused");

        health.suspect(endpoint);
        runProbers();

        assertThat(consequences).containsExactly("silent");
        assertThat(time.waiting()).containsExactly(Duration.ofMillis(500));
    }

    @Test
    void aStrangerIsNotAsked() {
        Health health = watched("dead.after=3");

        health.suspect(Configured.endpoint("stranger:1"));

        assertThat(probers).isEmpty();
    }

    @Test
    void whenItIsNotKnownWhichBrokeAllAreAsked() {
        Health health = watched("dead.after=3");
        health.watch(Configured.orders(Configured.database("iam=auto"), Configured.endpoint("127.0.0.1:1")));

        health.suspectAll();

        assertThat(probers).hasSize(2);
    }

    @Test
    void howeverManyComplainAtOnceItIsAskedOnce() {
        Health health = watched("dead.after=3");

        for (int i = 0; i < 50; i++) {
            health.suspect(endpoint);
        }
        runProbers();

        assertThat(probed).isEqualTo(1);
    }

    @Test
    void complaintsAreHeardAgainAfterAFifthOfASecond() {
        Health health = watched("dead.after=3");
        health.suspect(endpoint);
        runProbers();

        time.advance(Duration.ofMillis(199));
        health.suspect(endpoint);
        runProbers();
        assertThat(probed).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        health.suspect(endpoint);
        runProbers();
        assertThat(probed).isEqualTo(2);
    }

    @Test
    void aProbeOnDemandTakesThePlaceOfTheOneThatWasDue() {
        Health health = watched("health.interval=5s");

        health.suspect(endpoint);
        runProbers();

        assertThat(time.waiting()).hasSize(1);
    }

    @Test
    void oneThatDiscoveryHasJustFoundIsAskedBeforeItIsGivenAnything() {
        Health health = health();
        Endpoint known = Configured.endpoint("127.0.0.1:1");
        Database database = Configured.orders(Configured.database("iam=auto"), known);
        Topology before = learnt(database.topology(), known);
        database.balancer().serveBy(learnt(before, known, endpoint));

        health.follow(database, before);
        assertThat(database.balancer().order()).startsWith(known);
        assertThat(database.balancer().order()).startsWith(known);
        runProbers();

        assertThat(probed).isEqualTo(1);
        assertThat(database.balancer().preferred()).containsExactly(known, endpoint);
    }

    @Test
    void oneThatIsFoundAndDoesNotAnswerIsGivenNothing() {
        Health health = health();
        Endpoint known = Configured.endpoint("127.0.0.1:1");
        Database database = Configured.orders(Configured.database("iam=auto"), known);
        Topology before = learnt(database.topology(), known);
        database.balancer().serveBy(learnt(before, known, endpoint));
        silence = new IOException("connection refused");

        health.follow(database, before);
        runProbers();

        assertThat(database.balancer().preferred()).containsExactly(known);
        assertThat(consequences).containsExactly("silent");
    }

    @Test
    void thoseThatAreFoundFirstAreAskedAtOnceAndServeMeanwhile() {
        Health health = health();
        Database database = Configured.orders(Configured.database("iam=auto"), Configured.endpoint("127.0.0.1:1"));
        Topology before = database.topology();
        database.balancer().serveBy(learnt(before, endpoint));

        health.follow(database, before);

        assertThat(database.balancer().preferred()).containsExactly(endpoint);
        assertThat(probers).hasSize(1);
    }

    private static Topology learnt(Topology before, Endpoint... endpoints) {
        View view = new View(
                Stream.of(endpoints)
                        .map(each -> new Member(each.address(), null))
                        .toList(),
                null);
        return before.learnt(
                view,
                RoleWish.ANY,
                member -> Stream.of(endpoints)
                        .filter(each -> each.address().equals(member.address()))
                        .findFirst()
                        .orElseThrow());
    }
}
