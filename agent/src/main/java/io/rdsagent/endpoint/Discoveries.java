package io.rdsagent.endpoint;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.Discover;
import io.rdsagent.config.HostPort;
import io.rdsagent.config.RoleWish;
import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Decides for each database from where its instances are learnt, and has them learnt. */
public final class Discoveries {

    /** Makes what asks a database itself. */
    public interface BySql {
        /**
         * @param name that stands for the cluster
         * @return null where the application logs in with a password, which the agent doesn't keep
         */
        TopologySource of(RdsHostName name);
    }

    /** Makes what asks AWS. */
    public interface ByAws {
        TopologySource of(DatabaseConfig config, RdsHostName name);
    }

    private final Means means;
    private final HostPort dnsServer;
    private final ByAws byAws;
    private final Queue<Discovery> all = new ConcurrentLinkedQueue<>();

    /**
     * @param threads where sources are asked; they wait
     * @param dnsServer null for the platform's
     */
    public Discoveries(
            Databases databases,
            Health health,
            TopologyListener listener,
            HostPort dnsServer,
            ByAws byAws,
            Clock clock,
            ScheduledExecutorService timer,
            Executor threads,
            Events events) {
        this.means = new Means(clock, timer, threads, health, databases::endpoint, telling(listener), events);
        this.dnsServer = dnsServer;
        this.byAws = byAws;
    }

    /** What one has seen, the others look at: the URL of the readers and that of the writer mean one cluster. */
    private TopologyListener telling(TopologyListener listener) {
        return new TopologyListener() {
            @Override
            public void changed(Database database, Topology before) {
                listener.changed(database, before);
                if (before.isLearnt()) {
                    hurryAllBut(database);
                }
            }

            @Override
            public void seen(Database database) {
                listener.seen(database);
            }
        };
    }

    private void hurryAllBut(Database database) {
        for (Discovery discovery : all) {
            if (!discovery.isOf(database)) {
                discovery.hurry();
            }
        }
    }

    /** Those that found no memory to go on, go on. */
    public void goOn() {
        all.forEach(Discovery::goOn);
    }

    /** The first connection to this database is there: its instances are looked for from now on. */
    public void begin(Database database, BySql bySql) {
        HostPort named = database.topology().named().get(0).signingName();
        RdsHostName name = RdsHostName.parse(named.host());
        RoleWish wish = Databases.wish(database.config(), named.host());
        TopologySource source = source(database, name, wish, bySql);
        synchronized (this) {
            if (database.isSettled()) {
                return;
            }
            if (source == null) {
                sayWithoutZone(database);
                database.settle(database.wish(), null);
                return;
            }
            Discovery discovery = new Discovery(database, source, wish, means);
            database.settle(wish, discovery);
            all.add(discovery);
            discovery.hurry();
        }
    }

    private void sayWithoutZone(Database database) {
        if (database.config().zone() != null) {
            means.events.notice(
                    Notice.warning(database + ": `zone` has no effect, since the instances and their zones are"
                            + " not looked for. Name the cluster in the URL and set `discover` to aws, or set `zone` to none."
                            + " Connections go to all alike."));
        }
    }

    /** Nothing stays open. */
    public void rest() {
        all.forEach(Discovery::rest);
    }

    /** Something was seen that may be a change, and it is not known where. */
    public void suspectAll() {
        all.forEach(Discovery::suspect);
    }

    private TopologySource source(Database database, RdsHostName name, RoleWish wish, BySql bySql) {
        DatabaseConfig config = database.config();
        Discover how = how(config, name);
        if (how == Discover.NONE) {
            return null;
        }
        if (how == Discover.DNS) {
            return dns(database);
        }
        if (name == null || !name.kind().hasInstances()) {
            return without(
                    database,
                    "`discover` needs the name of a cluster, and "
                            + database.topology().named().get(0)
                            + " is none of RDS. Set `sign-for` to the cluster's endpoint, or `discover` to dns or none.");
        }
        if (wish == RoleWish.ANY && config.role() != RoleWish.ANY) {
            return without(
                    database,
                    "`discover` finds writer and readers, and " + name
                            + " does not say which of them it is for. Set `role`, or name the cluster's endpoint in the URL.");
        }
        if (how == Discover.AWS) {
            return byAws.of(config, name);
        }
        TopologySource source = bySql.of(name);
        return source != null
                ? source
                : without(
                        database,
                        "They would be asked for by a login of the agent's own, and the application logs in"
                                + " with a password, which the agent doesn't keep. Set `discover` to aws or none, or use IAM.");
    }

    /** Where the endpoints are listed, or others are dialled than are signed for, the person has said where to go. */
    private static Discover how(DatabaseConfig config, RdsHostName name) {
        if (config.discover() != Discover.AUTO) {
            return config.discover();
        }
        boolean isCluster = name != null
                && (name.kind() == RdsHostName.Kind.CLUSTER_WRITER || name.kind() == RdsHostName.Kind.CLUSTER_READER);
        return isCluster && config.endpoints().isEmpty() && config.signFor().isEmpty()
                ? Discover.TOPOLOGY
                : Discover.NONE;
    }

    private TopologySource dns(Database database) {
        JndiDns dns = JndiDns.of(dnsServer);
        return dns != null
                ? new DnsAddresses(dns, database.topology().named())
                : without(
                        database, "This Java runtime has no module jdk.naming.dns. Add it, or set `discover` to none.");
    }

    private TopologySource without(Database database, String why) {
        means.events.notice(Notice.info(
                database + ": its instances are not looked for. " + why + " Connections go where the URL says."));
        return null;
    }
}
