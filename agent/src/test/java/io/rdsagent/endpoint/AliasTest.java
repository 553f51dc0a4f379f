package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.given.VirtualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.CommunicationException;
import org.junit.jupiter.api.Test;

class AliasTest {

    private static final String RDS = "orders.abc.eu-west-1.rds.amazonaws.com";
    private static final HostPort ADDRESS = HostPort.of("orders.corp.example", 5432);

    private final Map<String, String> names = new HashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final VirtualTime time = new VirtualTime();
    private boolean silent;
    private final Alias alias = new Alias(ADDRESS, this::cname, time, Runnable::run);

    @Test
    void anAliasStandsForTheFirstRdsNameThatItsChainMeets() {
        names.put(ADDRESS.host(), "a.example");
        names.put("a.example", RDS.toUpperCase(Locale.ROOT) + ".");
        names.put(RDS, "ec2-1-2-3-4.compute.amazonaws.com");

        assertThat(alias.get()).isEqualTo(HostPort.of(RDS, 5432));
    }

    @Test
    void aNameThatIsNoAliasOrGoesInCirclesStandsForItself() {
        assertThat(alias.get()).isEqualTo(ADDRESS);

        names.put(ADDRESS.host(), "a.example");
        names.put("a.example", ADDRESS.host());
        later(31);
        assertThat(alias.get()).isEqualTo(ADDRESS);
        assertThat(questions.get()).isLessThan(12);
    }

    @Test
    void dnsIsAskedAgainAfterThirtySecondsAndNotBefore() {
        names.put(ADDRESS.host(), RDS);
        alias.get();
        names.put(ADDRESS.host(), "other.abc.eu-west-1.rds.amazonaws.com");

        later(30);
        assertThat(alias.get().host()).isEqualTo(RDS);
        later(1);
        assertThat(alias.get().host()).startsWith("other.");
    }

    @Test
    void whatWasKnownStaysKnownWhileDnsDoesNotAnswer() {
        names.put(ADDRESS.host(), RDS);
        alias.get();
        silent = true;
        later(31);

        assertThat(alias.get().host()).isEqualTo(RDS);
    }

    @Test
    void anAnswerThatComesTooLateServesWhoAsksNext() {
        names.put(ADDRESS.host(), RDS);
        AtomicReference<Runnable> late = new AtomicReference<>();
        Alias slow = new Alias(ADDRESS, this::cname, time, late::set);

        assertThat(slow.get()).isEqualTo(ADDRESS);
        late.get().run();
        assertThat(slow.get().host()).isEqualTo(RDS);
    }

    @Test
    void whereNoThreadTakesTheQuestionTheNameStandsForItself() {
        Alias shutDown = new Alias(ADDRESS, this::cname, time, task -> {
            throw new RejectedExecutionException();
        });

        assertThat(shutDown.get()).isEqualTo(ADDRESS);
    }

    private String cname(String host) throws CommunicationException {
        questions.incrementAndGet();
        if (silent) {
            throw new CommunicationException("no answer");
        }
        return names.get(host);
    }

    private void later(int seconds) {
        time.pass(Duration.ofSeconds(seconds));
    }
}
