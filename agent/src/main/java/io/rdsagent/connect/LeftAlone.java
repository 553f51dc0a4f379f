package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.Database;
import io.rdsagent.event.Events;
import java.sql.Driver;

/** Says once why the agent keeps its hands off a connect, or off a part of it. What the URL says is not repeated: it may hold a password. */
final class LeftAlone {

    private final Once once;

    LeftAlone(Events events) {
        this.once = new Once(events);
    }

    void unreadable(Driver driver, String why) {
        once.info("A connect of " + driver.getClass().getName()
                + " is left as it is: the agent can't tell from its URL which" + " host it is for, since " + why
                + ". If it is for RDS, name the host and port in the URL.");
    }

    void withToken(HostPort host) {
        once.info(host.host()
                + ": left as it is, since the password that comes with the connect is an IAM token already: of"
                + " the AWS JDBC Wrapper's `iam` plug-in, or of the application itself. Take that out"
                + " (`wrapperPlugins` without iam) to have the agent sign, balance and rotate.");
    }

    void balancedBy(Database database, String how) {
        once.info(database + ": " + how
                + " chooses the host of each session by itself, and goes on doing so: the agent gives"
                + " each login a token, and has the pool renew the connection in time, but neither probes nor balances"
                + " there. With a plain list of hosts in the URL (//host1,host2/) it does.");
    }
}
