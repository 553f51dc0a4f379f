package io.rdsagent.observe;

import io.rdsagent.event.Activation;
import io.rdsagent.event.Events;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Login;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Pooled;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Spare;
import io.rdsagent.event.Stayed;
import io.rdsagent.event.TopologyChange;
import java.time.Clock;

/** What happened, as lines for a person. */
public final class LogLines implements Events {

    private final Log log;
    private final LoginLines logins;
    private final ConnectionLines connections;
    private final EndpointLines endpoints;

    public LogLines(Log log, Clock clock) {
        this.log = log;
        this.logins = new LoginLines(log, clock);
        this.connections = new ConnectionLines(log);
        this.endpoints = new EndpointLines(log);
    }

    @Override
    public void activated(Activation activation) {
        logins.activated(activation);
    }

    @Override
    public void login(Login login) {
        logins.login(login);
    }

    @Override
    public void failedLogin(FailedLogin failure) {
        logins.failedLogin(failure);
    }

    @Override
    public void pooled(Pooled pooled) {
        logins.pooled(pooled);
    }

    @Override
    public void retired(Retired retired) {
        connections.retired(retired);
    }

    @Override
    public void stayed(Stayed stayed) {
        connections.stayed(stayed);
    }

    @Override
    public void spare(Spare spare) {
        connections.spare(spare);
    }

    @Override
    public void health(HealthChange change) {
        endpoints.health(change);
    }

    @Override
    public void topology(TopologyChange change) {
        endpoints.topology(change);
    }

    @Override
    public void notice(Notice notice) {
        if (notice.warning) {
            log.warn(notice.text);
        } else {
            log.info(notice.text);
        }
    }
}
