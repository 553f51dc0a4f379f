package io.rdsagent.observe.status;

import io.rdsagent.event.Attempted;
import io.rdsagent.event.Events;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Whether the application can get connections: an endpoint with the wanted role answers, and the credentials are valid. */
public final class Readiness implements Events {

    /**
     * So long a refusal counts when nobody has logged in since. A balancer that sends no more requests would otherwise
     * keep the application from ever trying again, and so from being found healthy.
     */
    private static final Duration REFUSAL_COUNTS = Duration.ofSeconds(60);

    private final Clock clock;
    private final Supplier<List<String>> credentials;
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

    /** @param credentials a sentence for each token that can't be signed now; does not wait */
    public Readiness(Clock clock, Supplier<List<String>> credentials) {
        this.clock = clock;
        this.credentials = credentials;
    }

    @Override
    public void attempted(Attempted attempt) {
        switch (attempt.outcome) {
            case SUCCESS:
                refusals.remove(attempt.database);
                break;
            case REFUSED:
                if (attempt.diagnosis != null) {
                    refusals.put(attempt.database, new Refusal(clock.millis(), attempt.diagnosis));
                }
                break;
            default:
                break;
        }
    }

    /** What is wrong with the source of the credentials, which may serve several databases. */
    List<String> ofCredentials() {
        return credentials.get();
    }

    /** What is wrong with one database, in sentences; empty when nothing is. */
    List<String> of(DatabaseStatus database) {
        List<String> troubles = new ArrayList<>();
        if (database.endpoints.stream().noneMatch(EndpointStatus::isUsable)) {
            troubles.add("No endpoint of " + database.name + " answers. They are asked again every half second.");
        }
        Refusal refusal = refusals.get(database.name);
        if (refusal != null && clock.millis() - refusal.at < REFUSAL_COUNTS.toMillis()) {
            troubles.add("The last login to " + database.name + " was refused. " + refusal.diagnosis);
        }
        return Collections.unmodifiableList(troubles);
    }

    private static final class Refusal {

        private final long at;
        private final String diagnosis;

        Refusal(long at, String diagnosis) {
            this.at = at;
            this.diagnosis = diagnosis;
        }
    }
}
