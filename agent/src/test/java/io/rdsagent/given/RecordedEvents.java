package io.rdsagent.given;

import io.rdsagent.event.Events;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Login;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Pooled;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Spare;
import io.rdsagent.event.TopologyChange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all that happened. */
public final class RecordedEvents implements Events {

    public final List<Login> logins = new CopyOnWriteArrayList<>();
    public final List<FailedLogin> failedLogins = new CopyOnWriteArrayList<>();
    public final List<Pooled> pooled = new CopyOnWriteArrayList<>();
    public final List<Retired> retired = new CopyOnWriteArrayList<>();
    public final List<Spare> spares = new CopyOnWriteArrayList<>();
    public final List<HealthChange> health = new CopyOnWriteArrayList<>();
    public final List<TopologyChange> topologies = new CopyOnWriteArrayList<>();
    public final List<Notice> notices = new CopyOnWriteArrayList<>();

    @Override
    public void login(Login login) {
        logins.add(login);
    }

    @Override
    public void failedLogin(FailedLogin failure) {
        failedLogins.add(failure);
    }

    @Override
    public void pooled(Pooled taken) {
        pooled.add(taken);
    }

    @Override
    public void retired(Retired retirement) {
        retired.add(retirement);
    }

    @Override
    public void spare(Spare spare) {
        spares.add(spare);
    }

    @Override
    public void health(HealthChange change) {
        health.add(change);
    }

    @Override
    public void topology(TopologyChange change) {
        topologies.add(change);
    }

    @Override
    public void notice(Notice notice) {
        notices.add(notice);
    }
}
