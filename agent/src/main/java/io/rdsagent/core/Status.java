package io.rdsagent.core;

import io.rdsagent.config.AgentVersion;
import io.rdsagent.config.Config;
import io.rdsagent.config.Setting;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Json;
import io.rdsagent.lease.Holder;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Leases;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What there is at this moment, for the command line. Holds no secret: there is none in what it reads. */
final class Status {

    private static final String NOT_IN_A_POOL = "in no pool that is known";
    private static final String FROM_BEFORE = "from before the agent was attached, replaced as they are borrowed";

    private final Config config;
    private final Databases databases;
    private final Leases leases;
    private final Clock clock;
    private final boolean attached;
    private final Instant since;

    /** @param attached whether the application was running already when the agent came */
    Status(Config config, Databases databases, Leases leases, Clock clock, boolean attached) {
        this.config = config;
        this.databases = databases;
        this.leases = leases;
        this.clock = clock;
        this.attached = attached;
        this.since = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    String text() {
        StringBuilder text = new StringBuilder("rds-jdbc-agent " + AgentVersion.ofThisJar() + ", at work since " + since
                + (attached ? ", attached to the running JVM\n" : "\n"));
        if (databases.known().isEmpty()) {
            text.append("\nNo connection to a host that matches has been asked for yet.\n");
        }
        for (Database database : databases.known()) {
            text.append('\n').append(database).append('\n');
            for (Endpoint endpoint : database.endpoints()) {
                text.append("  endpoint ").append(endpoint).append(", ").append(state(endpoint));
                text.append(endpoint.role() == null ? "" : ", " + lower(endpoint.role()));
                text.append(endpoint.isDrained() ? ", being drained" : "");
                text.append(endpoint.isDialledElsewhere() ? ", signed for " + endpoint.signingName() : "");
                text.append(": ").append(endpoint.open()).append(" open\n");
            }
            byPool(of(database)).forEach((pool, open) -> text.append(line(pool, open)));
        }
        return text.toString();
    }

    private static Map<String, List<Lease>> byPool(List<Lease> open) {
        Map<String, List<Lease>> byPool = new TreeMap<>();
        for (Lease lease : open) {
            byPool.computeIfAbsent(held(lease), pool -> new ArrayList<>()).add(lease);
        }
        return byPool;
    }

    private String line(String pool, List<Lease> open) {
        long now = clock.millis();
        long oldest = 0;
        long first = Lease.NEVER;
        int past = 0;
        for (Lease lease : open) {
            oldest = Math.max(oldest, now - lease.loginAt());
            first = Math.min(first, lease.deadline());
            past += lease.isPast(now) ? 1 : 0;
        }
        return "  " + open.size() + (open.size() == 1 ? " connection " : " connections ")
                + (pool.equals(NOT_IN_A_POOL) || pool.equals(FROM_BEFORE) ? pool : "retired by " + pool)
                + ": the oldest " + oldest / 1000 + " s, "
                + (first == Lease.NEVER
                        ? "may stay"
                        : past > 0 ? past + " past their time" : "the next is due in " + (first - now) / 1000 + " s")
                + "\n";
    }

    private List<Lease> of(Database database) {
        List<Lease> open = new ArrayList<>();
        for (Lease lease : leases.all()) {
            if (lease.database() == database && lease.physical() != null) {
                open.add(lease);
            }
        }
        return open;
    }

    /** The effective configuration, with where each value came from. */
    String settings(boolean json) {
        StringBuilder text = new StringBuilder();
        List<Json> all = new ArrayList<>();
        for (Setting setting : config.settings()) {
            text.append(setting).append('\n');
            all.add(new Json()
                    .with("key", setting.key())
                    .with("value", setting.value())
                    .with("source", setting.source()));
        }
        config.problems().forEach(problem -> text.append("! ").append(problem).append('\n'));
        return json
                ? new Json()
                        .with("settings", all)
                        .with("problems", config.problems())
                        .toString()
                : text.toString();
    }

    private static String held(Lease lease) {
        Holder holder = lease.holder();
        return holder != null ? holder.description() : lease.isAdopted() ? FROM_BEFORE : NOT_IN_A_POOL;
    }

    private static String state(Endpoint endpoint) {
        return endpoint.isHealthy() ? "serves" : endpoint.isDead() ? "dead" : "silent";
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
