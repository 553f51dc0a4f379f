package io.rdsagent.core;

import io.rdsagent.config.Config;
import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.connect.BrokenConnections;
import io.rdsagent.connect.ConnectInterceptor;
import io.rdsagent.connect.Connector;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Dialects;
import io.rdsagent.endpoint.Aliases;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.endpoint.Probe;
import io.rdsagent.event.Activation;
import io.rdsagent.event.Events;
import io.rdsagent.event.Reason;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Retirement;
import io.rdsagent.lease.Spares;
import io.rdsagent.observe.LogLines;
import io.rdsagent.pool.FoundPools;
import io.rdsagent.pool.PoolAdapter;
import io.rdsagent.pool.Pools;
import io.rdsagent.token.SdkSigner;
import io.rdsagent.token.TokenSource;
import io.rdsagent.weave.Bridge;
import io.rdsagent.weave.Found;
import io.rdsagent.weave.Hook;
import io.rdsagent.weave.Hooks;
import io.rdsagent.weave.Targets;
import io.rdsagent.weave.Weaver;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Who is wired to whom: the only place that builds things. */
public final class Core {

    /** How often the pools of connections are looked for that no known pool has taken in. */
    private static final int LOOK_SECONDS = 2;

    private final Clock clock = Clock.systemUTC();
    private final SdkSigner signer = new SdkSigner(clock);
    private final Events events;
    private final Complaints complaints;
    private final ScheduledExecutorService timer;
    private final Executor workers;

    private Core(Settings settings) {
        events = new LogLines(settings.log(), clock);
        complaints = new Complaints(events);
        timer = Threads.timer(complaints);
        workers = Threads.workers(complaints);
    }

    /**
     * Called by the door when the first class of a driver or pool is loaded.
     *
     * @param argument the agent's argument; null when there is none
     * @return what weaves that class and those to come; null when the agent is switched off
     * @throws Exception when the agent can't work in this JVM; the door says so
     */
    public static ClassFileTransformer open(Instrumentation instrumentation, String argument) throws Exception {
        Settings settings = Settings.read(argument, Clock.systemUTC());
        return settings.config().enabled() ? new Core(settings).wire(instrumentation, settings.config()) : null;
    }

    private ClassFileTransformer wire(Instrumentation instrumentation, Config config) throws Exception {
        Targets targets = Targets.read().with(config.drivers());
        Bridge bridge = Bridge.define(instrumentation);
        Weaver.Observer observer = new WarmUp(targets, signer, workers, complaints);
        Found found = new Found(instrumentation, observer);
        Hooks hooks = new Hooks(targets, hooks(config, bridge, found), complaints);
        bridge.connect(hooks);
        found.open(hooks);
        // On a thread of ours: while a class is being transformed, its thread's retransformations are not.
        workers.execute(() -> config.poolTooOld().forEach(found::answer));
        return new Weaver(targets, observer);
    }

    private Map<String, Hook> hooks(Config config, Bridge bridge, Found found) {
        Leases leases = new Leases(clock, events);
        Spares spares = new Spares(leases, clock, Threads.spares(complaints), events);
        Retirement retirement = new Retirement(
                leases, spares, clock, timer, () -> ThreadLocalRandom.current().nextDouble(), bridge::overdue, events);
        List<Dialect> dialects = Dialects.all();
        Health health = new Health(
                new Probe(dialects.get(0).handshake(), timer),
                clock,
                timer,
                workers,
                consequence(leases, retirement),
                events);
        Aliases aliases = new Aliases(config.dnsServer(), clock, workers, events);
        Databases databases =
                new Databases(aliases, () -> ThreadLocalRandom.current().nextInt(1 << 16), database -> {
                    events.activated(activation(database));
                    health.watch(database);
                });
        Connector connector = new Connector(
                new TokenSource(signer, clock, Threads.signers(complaints)),
                health,
                retirement,
                events,
                clock,
                timer,
                DriverManager::getLoginTimeout);

        Map<String, Hook> hooks = new HashMap<>();
        ConnectInterceptor interceptor = new ConnectInterceptor(config, dialects, databases, connector, spares, events);
        hooks.put("connect", interceptor);
        hooks.put("failed", new BrokenConnections(health, interceptor.logins()));
        hooks.put("past", call -> leases.isPast(call[0]));
        for (Dialect dialect : dialects) {
            hooks.putAll(dialect.hooks(interceptor.logins()));
            dialect.entries().forEach((name, entry) -> hooks.put(name, interceptor.at(entry)));
        }
        for (PoolAdapter pool : Pools.all(leases, Threads.pools(complaints))) {
            hooks.putAll(pool.hooks());
        }
        FoundPools others = new FoundPools(leases, found, clock, events);
        hooks.putAll(others.hooks());
        Future<?> unused = timer.scheduleWithFixedDelay(
                () -> goOn(retirement, health, others), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        return hooks;
    }

    /** The timer would forget a task that fails; and what plans itself anew has to be planned by this if it could not. */
    private void goOn(Retirement retirement, Health health, FoundPools others) {
        try {
            retirement.goOn();
            health.goOn();
            workers.execute(others::look);
        } catch (Throwable fault) {
            complaints.fault("rds-agent-timer", fault);
        }
    }

    private static Activation activation(Database database) {
        DatabaseConfig config = database.config();
        Duration lifetime = config.lifetime().duration();
        return new Activation(
                database.toString(),
                database.endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(", ")),
                config.balance().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                lifetime == null ? null : lifetime.minus(config.lifetimeMargin()),
                config.lifetimeJitter());
    }

    private Health.Consequence consequence(Leases leases, Retirement retirement) {
        return new Health.Consequence() {
            @Override
            public void silent(Database database, Endpoint endpoint) {
                // One probe may be wrong: with nowhere else to go, the connections that are there are kept.
                if (database.hasAlternativeTo(endpoint)) {
                    leases.retire(endpoint, Reason.ENDPOINT_DEAD);
                    retirement.hurry();
                }
            }

            @Override
            public void dead(Database database, Endpoint endpoint) {
                leases.retire(endpoint, Reason.ENDPOINT_DEAD);
                leases.abort(endpoint, workers);
                retirement.hurry();
            }
        };
    }
}
