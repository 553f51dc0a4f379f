package io.rdsagent.core;

import io.rdsagent.config.AgentVersion;
import io.rdsagent.config.Config;
import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import io.rdsagent.observe.Aside;
import io.rdsagent.observe.Listeners;
import io.rdsagent.observe.jfr.FlightRecords;
import io.rdsagent.observe.jmx.MBeans;
import io.rdsagent.observe.metrics.ApplicationsRegistries;
import io.rdsagent.observe.metrics.Meters;
import io.rdsagent.observe.metrics.PrometheusText;
import io.rdsagent.observe.status.DatabaseStatus;
import io.rdsagent.observe.status.History;
import io.rdsagent.observe.status.Pages;
import io.rdsagent.observe.status.Readiness;
import io.rdsagent.observe.status.Report;
import io.rdsagent.observe.status.StatusServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Who is told of what happens, and where it can be seen. The metrics, and all that shows them, are loaded aside. */
final class Observation {

    /**
     * How often is looked whether the application has made an MBean server by now. Until the first look, what happens is only
     * noted: the metrics are 140 classes, a third of what the agent loads, and an application that starts has better things
     * to do than to wait for them.
     */
    private static final int LOOK_SECONDS = 2;

    private final Clock clock;
    private final Complaints complaints;
    private final ExecutorService thread;
    /** The metrics alone: the application's loaders are looked at while they live. */
    private final Unhurried unhurried;

    private final Aside aside;
    private final History history;
    private final Readiness readiness;
    private final Report report;
    private final Events events;
    private volatile Supplier<List<DatabaseStatus>> census = Collections::emptyList;
    private volatile String page;
    private Meters meters;
    /** On the observing thread alone, as are the next two. */
    private MBeans beans;

    private StatusServer server;

    private boolean withoutJmx;

    /** @param credentials a sentence for each token that can't be signed now */
    Observation(Events lines, Supplier<List<String>> credentials, Clock clock, Complaints complaints) {
        this.clock = clock;
        this.complaints = complaints;
        this.thread = Threads.observer(complaints);
        this.unhurried = new Unhurried(thread, Threads.OBSERVATIONS);
        this.history = new History(clock);
        this.readiness = new Readiness(clock, credentials);
        this.report = new Report(AgentVersion.ofThisJar(), clock, () -> census.get(), readiness, history);
        this.aside = new Aside(unhurried, complaints::fault, new Listeners(complaints::fault) {
            @Override
            protected void tell(Consumer<Events> news) {
                news.accept(meters());
            }
        });
        this.events = new Listeners(
                complaints::fault,
                lines,
                history,
                readiness,
                new FlightRecords(complaints::fault),
                new ApplicationsRegistries(() -> meters().registry(), thread, complaints::fault),
                aside);
    }

    Events events() {
        return events;
    }

    /** From now on it can be seen. */
    void open(Config config, Supplier<List<DatabaseStatus>> databases, ScheduledExecutorService timer) {
        census = databases;
        unhurried.execute(this::meters);
        if (config.statusPort() != null) {
            later(() -> serve(config.statusHost(), config.statusPort()));
            unhurried.begin();
        }
        Future<?> unused = timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        unhurried.begin();
        later(this::showInJmx);
    }

    /** {@code /status}, for the command line. */
    String status() {
        return report.status();
    }

    /** Nothing is shown any more. */
    void close() {
        unhurried.begin();
        later(() -> {
            if (beans != null) {
                beans.close();
            }
            if (server != null) {
                server.close();
            }
        });
        thread.shutdown();
    }

    private void later(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException tooMuch) {
            // Too much waits already; what comes again comes again.
        }
    }

    private synchronized Meters meters() {
        if (meters == null) {
            meters = new Meters(() -> census.get(), aside::lost, clock);
        }
        return meters;
    }

    private void serve(String host, int port) {
        try {
            InetAddress address = InetAddress.getByName(host);
            PrometheusText metrics = new PrometheusText(meters().registry());
            Pages pages = new Pages(report, metrics::toString, clock, address.isLoopbackAddress());
            server = StatusServer.open(new InetSocketAddress(address, port), pages, clock, complaints::fault);
            Threads.status(complaints).newThread(server).start();
            page = "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.port() + "/";
            events.notice(Notice.info("The status page is at " + page + ", beside /health, /status and /metrics."
                    + (address.isLoopbackAddress()
                            ? ""
                            : " Whoever can reach this port can read it: it shows names and counts, no secrets.")));
        } catch (IOException unusable) {
            events.notice(Notice.warning("status.port: " + host + ":" + port + " can't be listened on ("
                    + unusable.getMessage() + "), so there is no status page and no /health. The application and its"
                    + " connections go on as ever. Set `status.port` to a free port, or to 0 for any, and `status.host`"
                    + " to an address of this machine."));
        }
    }

    private void showInJmx() {
        try {
            if (beans == null && !withoutJmx) {
                beans = new MBeans(new AgentBean(report, () -> page), meters().registry(), complaints::fault);
            }
            if (beans != null) {
                beans.look();
            }
        } catch (LinkageError notThere) {
            withoutJmx = true;
            beans = null;
            events.notice(
                    Notice.info(
                            "This Java runtime has no JMX (" + notThere
                                    + "), so the agent's metrics are not shown there. Add the module java.management if they are to be."));
        }
    }
}
