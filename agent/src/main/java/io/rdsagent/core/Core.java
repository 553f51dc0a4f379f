package io.rdsagent.core;

import io.rdsagent.config.Config;
import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.connect.Adoption;
import io.rdsagent.connect.Attempts;
import io.rdsagent.connect.AwsTopologies;
import io.rdsagent.connect.BrokenConnections;
import io.rdsagent.connect.ConnectInterceptor;
import io.rdsagent.connect.Connector;
import io.rdsagent.connect.Refusals;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Dialects;
import io.rdsagent.endpoint.Aliases;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Discoveries;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.endpoint.Probe;
import io.rdsagent.event.Activation;
import io.rdsagent.event.Events;
import io.rdsagent.event.Signed;
import io.rdsagent.lease.Alignment;
import io.rdsagent.lease.Draining;
import io.rdsagent.lease.HangUps;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Rebalance;
import io.rdsagent.lease.Retirement;
import io.rdsagent.lease.Spares;
import io.rdsagent.lease.TcpTable;
import io.rdsagent.observe.AgentLoggers;
import io.rdsagent.observe.LogLines;
import io.rdsagent.pool.FoundPools;
import io.rdsagent.pool.PoolAdapter;
import io.rdsagent.pool.Pools;
import io.rdsagent.token.RdsApi;
import io.rdsagent.token.SdkSigner;
import io.rdsagent.token.TokenException;
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

    /** By then a pool that is in use has handed out what it had before the agent was attached. */
    private static final int ADOPTION_HOURS = 1;

    private final Clock clock = Clock.systemUTC();
    private final SdkSigner signer;
    private final TokenSource tokens;
    private final Observation observation;
    private final Events events;
    private final Complaints complaints;
    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final Orders orders = new Orders();
    private final Departure departure;

    private Core(Settings settings) {
        AgentLoggers.to(settings.log());
        Events lines = new LogLines(settings.log(), clock);
        complaints = new Complaints(lines);
        observation = new Observation(lines, this::troublesOfCredentials, clock, complaints);
        events = observation.events();
        departure = new Departure(events);
        departure.before(observation::close);
        signer = new SdkSigner(
                clock, (success, credentials, signing) -> events.signed(new Signed(success, credentials, signing)));
        departure.before(signer::close);
        tokens = new TokenSource(signer, clock, departure.ends(Threads.signers(complaints)));
        timer = departure.ends(Threads.timer(complaints));
        workers = departure.ends(Threads.workers(complaints));
    }

    /**
     * Called by the door when the first class of a driver or pool is loaded.
     *
     * @param argument the agent's argument; null when there is none
     * @param running whether the application was running already when the agent came
     * @return what weaves that class and those to come, and answers orders; null when the agent is switched off
     * @throws Exception when the agent can't work in this JVM; the door says so
     */
    public static ClassFileTransformer open(Instrumentation instrumentation, String argument, boolean running)
            throws Exception {
        Settings settings = Settings.read(argument, Clock.systemUTC());
        return settings.config().enabled()
                ? new Core(settings).wire(instrumentation, settings.config(), running)
                : null;
    }

    private ClassFileTransformer wire(Instrumentation instrumentation, Config config, boolean running)
            throws Exception {
        Targets targets = Targets.read().with(config.drivers());
        Bridge bridge = Bridge.define(instrumentation);
        Weaver.Observer observer = new WarmUp(targets, signer, workers, complaints);
        Found found = new Found(instrumentation, observer);
        Hooks hooks = new Hooks(targets, hooks(config, bridge, found, running), complaints);
        bridge.connect(hooks);
        found.open(hooks);
        // On a thread of ours: while a class is being transformed, its thread's retransformations are not.
        workers.execute(() -> config.poolTooOld().forEach(found::answer));
        orders.add("detach", any -> departure.leave(bridge, found));
        return new AtWork(new Weaver(targets, observer), orders);
    }

    private Map<String, Hook> hooks(Config config, Bridge bridge, Found found, boolean running) {
        Leases leases = new Leases(clock, events);
        Spares spares = new Spares(leases, clock, departure.ends(Threads.spares(complaints)), events);
        departure.before(spares::close);
        Retirement retirement = new Retirement(
                leases, spares, clock, timer, this::random, any -> bridge.overdue(any || leases.isAdopting()), events);
        List<Dialect> dialects = Dialects.all();
        Attempts attempts = new Attempts();
        Health health = new Health(
                new Probe(dialects.get(0).handshake(), timer),
                clock,
                timer,
                departure.ends(Threads.probers(complaints)),
                new SilentEndpoints(leases, retirement, attempts, workers),
                events);
        Aliases aliases = new Aliases(config.dnsServer(), clock, workers, events);
        Databases databases =
                new Databases(aliases, () -> ThreadLocalRandom.current().nextInt(1 << 16), database -> {
                    events.activated(activation(database));
                    health.watch(database);
                });
        Discoveries discoveries = new Discoveries(
                databases,
                health,
                new Alignment(leases, retirement, clock).and(attempts),
                config.dnsServer(),
                new AwsTopologies(new RdsApi(signer, System::getenv), clock),
                clock,
                timer,
                departure.ends(Threads.topology(complaints)),
                events);
        departure.before(discoveries::rest);
        Rebalance rebalance = new Rebalance(
                leases, retirement, clock, () -> ThreadLocalRandom.current().nextDouble());
        Connector connector = new Connector(
                attempts, tokens, health, retirement, events, clock, timer, DriverManager::getLoginTimeout);

        observation.open(config, new Census(databases, leases, clock), timer);

        Map<String, Hook> hooks = new HashMap<>();
        ConnectInterceptor interceptor =
                new ConnectInterceptor(config, dialects, databases, connector, spares, discoveries, timer, events);
        Rounds rounds = new Rounds(timer, workers);
        HangUps hangUps =
                new HangUps(leases, health::suspect, retirement::hurry, TcpTable.ofThisProcess(), clock, events);
        Refusals refusals = new Refusals(connector, leases, retirement, discoveries);
        hooks.put("connect", interceptor);
        hooks.put(
                "failed",
                new BrokenConnections(health, discoveries, refusals, interceptor.logins(), rounds.look(hangUps)));
        hooks.put("refused", refusals);
        hooks.put("past", call -> leases.isPast(call[0]));
        for (Dialect dialect : dialects) {
            hooks.putAll(dialect.hooks(interceptor.logins()));
            dialect.entries().forEach((name, entry) -> hooks.put(name, interceptor.at(entry)));
        }
        for (PoolAdapter pool : Pools.all(leases, departure.ends(Threads.pools(complaints)))) {
            hooks.putAll(pool.hooks());
        }
        FoundPools others = new FoundPools(leases, found, clock, events);
        hooks.putAll(others.hooks());
        rounds.goOn(retirement, health, discoveries, rebalance, others);
        if (running) {
            adopt(new Adoption(config, dialects, databases, retirement, clock, this::random), leases, bridge);
        }
        Status status = new Status(config, databases, leases, clock, running);
        orders.add("status", form -> form.equals("json") ? observation.status() : status.text());
        Draining drainings = new Draining(databases, leases, retirement);
        DrainOrder draining = new DrainOrder(databases, drainings::drain, drainings::undrain);
        orders.add("drain", draining::begin);
        orders.add("undrain", draining::end);
        orders.add("config", form -> status.settings(form.equals("json")));
        return hooks;
    }

    private List<String> troublesOfCredentials() {
        return tokens.troubles().values().stream()
                .map(TokenException::getMessage)
                .distinct()
                .collect(Collectors.toList());
    }

    private double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** While that goes on, each borrow looks its connection up. */
    private void adopt(Adoption adoption, Leases leases, Bridge bridge) {
        leases.adoptBy(adoption);
        bridge.overdue(true);
        Future<?> unused = timer.schedule(() -> leases.adoptBy(null), ADOPTION_HOURS, TimeUnit.HOURS);
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
}
