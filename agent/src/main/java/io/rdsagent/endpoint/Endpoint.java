package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.event.HealthChange;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One host and port that serves a database. */
public final class Endpoint {

    /** A new instance has cold caches: so long it gets less than its share. */
    static final long WARM_UP_MILLIS = 40_000;

    private static final long ALWAYS = Long.MIN_VALUE / 2;

    private final HostPort address;
    private final Supplier<HostPort> signingName;
    private final List<HostPort> names;
    private final AtomicInteger open = new AtomicInteger();
    private volatile Role role;
    private volatile String zone;
    private volatile boolean drained;
    private volatile long warmFrom = ALWAYS;
    private volatile long failedAt = ALWAYS;
    private volatile boolean awaited;
    private volatile HealthChange.State state = HealthChange.State.SERVING;

    /**
     * @param address where it is dialled
     * @param signingName the name that tokens are signed for and its certificate bears; the address itself, unless a
     *     balancer, an alias or a tunnel is dialled
     * @param role null when nobody said
     */
    public Endpoint(HostPort address, HostPort signingName, Role role) {
        this(address, () -> signingName, role);
    }

    /** @param names of which any may answer at the address, at least one */
    Endpoint(HostPort address, List<HostPort> names, Role role) {
        this.address = address;
        this.signingName = () -> names.get(0);
        this.names = names;
        this.role = role;
    }

    /** @param signingName asked each time: what an alias stands for may change; takes a second at most */
    Endpoint(HostPort address, Supplier<HostPort> signingName, Role role) {
        this.address = address;
        this.signingName = signingName;
        this.names = Collections.emptyList();
        this.role = role;
    }

    public HostPort address() {
        return address;
    }

    /** Where there are several, the first. */
    public HostPort signingName() {
        return signingName.get();
    }

    /**
     * The signing names among which the server's certificate decides, since several instances are behind the address;
     * empty where there is only one.
     */
    public List<HostPort> signingNames() {
        return names.size() > 1 ? names : Collections.emptyList();
    }

    /** Whether the name that is verified is not the name that is dialled. */
    public boolean isDialledElsewhere() {
        return !address.equals(signingName());
    }

    /** As it was told last; null when nobody said. */
    public Role role() {
        return role;
    }

    void role(Role now) {
        role = now;
    }

    /** The Availability Zone's name; null when nobody said. */
    String zone() {
        return zone;
    }

    void zone(String told) {
        zone = told;
    }

    /** Whether a person has ordered that it be left. */
    public boolean isDrained() {
        return drained;
    }

    void drained(boolean ordered) {
        drained = ordered;
    }

    /** It has joined, or come back: new connections come to it slowly at first. */
    void warmUp(long from) {
        warmFrom = from;
    }

    /** Which part of its share it gets by now, 0 to 1. */
    double warmth(long now) {
        return Math.min(1, Math.max(0, (now - warmFrom) / (double) WARM_UP_MILLIS));
    }

    /** Whether it gets its full share by now. */
    public boolean isWarm(long now) {
        return warmth(now) == 1;
    }

    /** It has joined those that serve, and its first sign of life is still to come: it gets nothing that another can take. */
    void await(boolean first) {
        awaited = first;
    }

    /** Whether new connections are to go there rather than to one that is not fit. */
    public boolean isFit() {
        return isHealthy() && !drained && !awaited;
    }

    /** When a probe or a connect last failed there, by the clock; before all others where none did. */
    long failedAt() {
        return failedAt;
    }

    void failed(long at) {
        failedAt = at;
    }

    public boolean isHealthy() {
        return state == HealthChange.State.SERVING;
    }

    /** Whether {@code dead.after} probes in a row have failed. */
    public boolean isDead() {
        return state == HealthChange.State.DEAD;
    }

    public HealthChange.State state() {
        return state;
    }

    void state(HealthChange.State now) {
        state = now;
    }

    /** Connections that are open on it or being made. */
    public int open() {
        return open.get();
    }

    public void opened() {
        open.incrementAndGet();
    }

    public void closed() {
        open.decrementAndGet();
    }

    /** As messages name it. */
    @Override
    public String toString() {
        return address.toString();
    }
}
