package io.rdsagent.endpoint;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.EndpointSpec;
import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.config.RoleWish;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** The databases that the application has asked for so far, one for each host list of its URLs. */
public final class Databases {

    private final Map<List<HostPort>, Database> known = new ConcurrentHashMap<>();
    /** By the host that a driver has chosen. */
    private final Map<HostPort, Database> chosen = new ConcurrentHashMap<>();

    /** Where a person has ordered that no connection go. */
    private final Set<HostPort> drained = ConcurrentHashMap.newKeySet();

    private final Aliases aliases;
    private final IntSupplier starts;
    private final Consumer<Database> newcomer;

    /**
     * @param aliases asked for the names to sign for that are not configured
     * @param starts where each database's round begins
     * @param newcomer told of each database once, when it is first asked for
     */
    public Databases(Aliases aliases, IntSupplier starts, Consumer<Database> newcomer) {
        this.aliases = aliases;
        this.starts = starts;
        this.newcomer = newcomer;
    }

    /** @param hosts what the URL names, at least one */
    public Database of(DatabaseConfig config, List<HostPort> hosts) {
        return of(config, hosts, null);
    }

    /** @param handshake by which the servers are probed; null for the usual one */
    public Database of(DatabaseConfig config, List<HostPort> hosts, Probe.Handshake handshake) {
        Database present = known.get(hosts);
        if (present != null) {
            return present;
        }
        Database made = make(config, hosts, handshake);
        Database raced = known.putIfAbsent(hosts, made);
        if (raced != null) {
            return raced;
        }
        newcomer.accept(made);
        return made;
    }

    /** A host that a driver has chosen by itself, and that it judges by itself: none that is probed or balanced here. */
    public Database chosen(DatabaseConfig config, HostPort host) {
        return chosen.computeIfAbsent(
                host,
                any -> new Database(
                        config,
                        label(config, host),
                        new Balancer(Collections.singletonList(endpoint(config, host, null)), config.balance(), 0)));
    }

    public Collection<Database> known() {
        return Collections.unmodifiableCollection(known.values());
    }

    private Database make(DatabaseConfig config, List<HostPort> hosts, Probe.Handshake handshake) {
        RoleWish wish = wish(config, hosts.get(0).host());
        List<Endpoint> serving = serving(endpoints(config, hosts), wish);
        return new Database(
                config,
                label(config, hosts.get(0)),
                new Balancer(serving, config.balance(), config.zone(), starts.getAsInt(), Clock.systemUTC()),
                wish,
                handshake);
    }

    private static String label(DatabaseConfig config, HostPort host) {
        return config.name().equals(DatabaseConfig.DEFAULT) ? host.host() : config.name();
    }

    private List<Endpoint> endpoints(DatabaseConfig config, List<HostPort> hosts) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (EndpointSpec spec : config.endpoints()) {
            endpoints.add(endpoint(config, spec.address(), spec.role()));
        }
        if (endpoints.isEmpty()) {
            for (HostPort host : hosts) {
                endpoints.add(endpoint(config, host, null));
            }
        }
        return endpoints;
    }

    Endpoint endpoint(Database database, Member member) {
        return withOrders(new Endpoint(member.address(), member.signingName(), member.role()));
    }

    private Endpoint endpoint(DatabaseConfig config, HostPort address, Role role) {
        return withOrders(
                config.signFor().isEmpty()
                        ? new Endpoint(address, aliases.signingName(address), role)
                        : new Endpoint(address, config.signFor(), role));
    }

    private Endpoint withOrders(Endpoint endpoint) {
        endpoint.drained(drained.contains(endpoint.address()));
        return endpoint;
    }

    /**
     * Has all databases leave an address, or come back to it, also where it is met later only.
     *
     * @return the endpoints there now
     */
    public List<Endpoint> drain(HostPort address, boolean leave) {
        if (leave) {
            drained.add(address);
        } else {
            drained.remove(address);
        }
        List<Endpoint> there = new ArrayList<>();
        for (Database database : known.values()) {
            for (Endpoint endpoint : database.topology().all()) {
                if (endpoint.address().equals(address)) {
                    endpoint.drained(leave);
                    there.add(endpoint);
                }
            }
        }
        return there;
    }

    /** Those with the role that is wished for, or of no known role; if there is none, all. */
    private static List<Endpoint> serving(List<Endpoint> all, RoleWish wish) {
        List<Endpoint> serving = new ArrayList<>();
        for (Endpoint endpoint : all) {
            if (Topology.isWished(wish, endpoint.role())) {
                serving.add(endpoint);
            }
        }
        return serving.isEmpty() ? all : serving;
    }

    /** @param host that the URL names, or the RDS name that it stands for */
    static RoleWish wish(DatabaseConfig config, String host) {
        if (config.role() != RoleWish.BY_HOST_NAME) {
            return config.role();
        }
        RdsHostName name = RdsHostName.parse(host);
        if (name == null) {
            return RoleWish.ANY;
        }
        switch (name.kind()) {
            case CLUSTER_WRITER:
                return RoleWish.WRITER;
            case CLUSTER_READER:
                return RoleWish.READER;
            default:
                return RoleWish.ANY;
        }
    }
}
