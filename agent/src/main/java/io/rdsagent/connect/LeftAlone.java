package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import io.rdsagent.event.Events;
import java.sql.Driver;

/** Says once why the agent keeps its hands off a connect. What the URL says is not repeated: it may hold a password. */
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
}
