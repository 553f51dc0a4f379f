package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Which name is signed for where the configuration does not say so: an alias is, by the RDS name behind it. */
public final class Aliases {

    private final HostPort server;
    private final Clock clock;
    private final Executor workers;
    private final Events events;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param server the DNS server to ask; null for the platform's
     * @param workers that DNS is waited for on
     */
    public Aliases(HostPort server, Clock clock, Executor workers, Events events) {
        this.server = server;
        this.clock = clock;
        this.workers = workers;
        this.events = events;
    }

    Supplier<HostPort> signingName(HostPort address) {
        if (!mayBeAlias(address.host())) {
            return () -> address;
        }
        JndiDns dns = JndiDns.of(server);
        if (dns != null) {
            return new Alias(address, dns, clock, workers);
        }
        if (told.compareAndSet(false, true)) {
            events.notice(Notice.warning("This Java runtime has no module jdk.naming.dns, so it is not known which RDS"
                    + " name " + address.host() + " stands for. It is signed for as it is; set `sign-for`, or add the"
                    + " module to the runtime."));
        }
        return () -> address;
    }

    /** An RDS name stands for itself, and an address or a name without a domain for no RDS name. */
    private static boolean mayBeAlias(String host) {
        String lastLabel = host.substring(host.lastIndexOf('.') + 1);
        return host.indexOf('.') > 0
                && host.indexOf(':') < 0
                && !lastLabel.isEmpty()
                && !Character.isDigit(lastLabel.charAt(0))
                && RdsHostName.parse(host) == null;
    }
}
