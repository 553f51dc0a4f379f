package io.rdsagent.observe.metrics;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Every metric there is. Names and tags are a contract: add to them, never rename. */
public enum Metric {
    CONNECTIONS(
            "rdsagent.connections",
            Kind.GAUGE,
            "connections",
            "Physical connections that are open, by who has them: `in use`, `idle` in a pool, `unknown` where its pool does"
                    + " not tell or there is none.",
            "database",
            "endpoint",
            "state"),
    CONNECTIONS_PAST(
            "rdsagent.connections.past",
            Kind.GAUGE,
            "connections",
            "Of these, how many are past their time and wait for their turn, or for whoever uses them.",
            "database",
            "endpoint"),
    ENDPOINT_UP(
            "rdsagent.endpoint.up",
            Kind.GAUGE,
            null,
            "1 while new connections can go to the endpoint: it has the role that is wanted, and gives signs of"
                    + " life. Else 0: also once it is gone, and of the cluster's own name once its instances are known. Raise"
                    + " alarms on the sum.",
            "database",
            "endpoint"),
    TOPOLOGY_AGE(
            "rdsagent.topology.age",
            Kind.GAUGE,
            "seconds",
            "How old the list of endpoints is; not a number where the database is not asked for it.",
            "database"),
    CONNECTS(
            "rdsagent.connects",
            Kind.TIMER,
            null,
            "Tries of one endpoint, also ahead of need: `success`, `refused` (the token), `no token` (credentials),"
                    + " `unreachable`, `other` (the driver's own exception).",
            "database",
            "endpoint",
            "outcome"),
    TOKEN_AGE("rdsagent.token.age", Kind.TIMER, null, "How old the token was when it logged in.", "database"),
    CREDENTIALS(
            "rdsagent.token.credentials",
            Kind.TIMER,
            null,
            "How long a signing waited for the AWS credentials: `success` or `failure`.",
            "outcome"),
    SIGNING(
            "rdsagent.token.signing",
            Kind.TIMER,
            null,
            "How long a signing took once the credentials were there: `success` or `failure`.",
            "outcome"),
    RETIREMENTS(
            "rdsagent.retirements",
            Kind.COUNTER,
            "connections",
            "Connections that were past their time and have been closed, by reason.",
            "database",
            "endpoint",
            "reason"),
    RETIREMENT_LAG(
            "rdsagent.retirement.lag",
            Kind.TIMER,
            null,
            "From the moment a connection was past its time until it was seen closed.",
            "database",
            "reason"),
    GUARD_HITS(
            "rdsagent.guard.hits",
            Kind.COUNTER,
            null,
            "How often a pool or driver asked for a connection and was told that it is past its time.",
            "database",
            "endpoint",
            "reason"),
    HELD_BACK(
            "rdsagent.connects.held.back",
            Kind.COUNTER,
            "connections",
            "Connections that stayed past their time because replacing them would have exceeded `connect.rate`.",
            "database",
            "endpoint"),
    SPARES(
            "rdsagent.spares",
            Kind.COUNTER,
            "connections",
            "What became of connections opened ahead of need: `opened`, `taken`, `closed`, `not opened`.",
            "database",
            "fate"),
    PROBES(
            "rdsagent.probes",
            Kind.TIMER,
            null,
            "Probes of one endpoint: `answered` or `silent`.",
            "database",
            "endpoint",
            "outcome"),
    FAILOVERS(
            "rdsagent.failovers",
            Kind.COUNTER,
            null,
            "How often an endpoint ceased to serve while another took over, or became the writer in place of another.",
            "database",
            "endpoint"),
    LOST(
            "rdsagent.observations.lost",
            Kind.COUNTER,
            null,
            "Happenings that are missing in these metrics, since too many came at once.");

    private static final String SECONDS = "seconds";

    private final String id;
    private final Kind kind;
    private final String unit;
    private final String meaning;
    /** Separated by blanks. */
    private final String tags;

    Metric(String id, Kind kind, String unit, String meaning, String... tags) {
        this.id = id;
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
        this.tags = String.join(" ", tags);
    }

    /** As Micrometer writes names: {@code rdsagent.token.age}. */
    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    /** For a person; null where it has none. */
    public String unit() {
        return kind == Kind.TIMER ? SECONDS : unit;
    }

    /** What a registry may add to the name; null where the name says it. */
    String baseUnit() {
        return SECONDS.equals(unit) ? SECONDS : null;
    }

    /** For a person. */
    public String meaning() {
        return meaning;
    }

    public List<String> tags() {
        return tags.isEmpty() ? Collections.emptyList() : Arrays.asList(tags.split(" "));
    }

    /** What it measures with. */
    public enum Kind {
        GAUGE,
        COUNTER,
        TIMER
    }
}
