package io.rdsagent.observe;

import io.rdsagent.event.Activation;
import io.rdsagent.event.Attempted;
import io.rdsagent.event.Events;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.Guarded;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.HeldBack;
import io.rdsagent.event.Login;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Pooled;
import io.rdsagent.event.Probed;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Signed;
import io.rdsagent.event.Spare;
import io.rdsagent.event.Stayed;
import io.rdsagent.event.TopologyChange;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Tells each of several listeners; a fault of one is none of the others' and none of whoever tells. */
public class Listeners implements Events {

    private final BiConsumer<String, Throwable> faults;
    private final List<Events> listeners;

    /** @param faults told which listener failed, and how */
    public Listeners(BiConsumer<String, Throwable> faults, Events... listeners) {
        this.faults = faults;
        this.listeners = Arrays.asList(listeners);
    }

    /** Has each of them told. */
    protected void tell(Consumer<Events> news) {
        for (Events listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException | LinkageError fault) {
                faults.accept(listener.getClass().getSimpleName(), fault);
            }
        }
    }

    @Override
    public void activated(Activation activation) {
        tell(listener -> listener.activated(activation));
    }

    @Override
    public void attempted(Attempted attempt) {
        tell(listener -> listener.attempted(attempt));
    }

    @Override
    public void login(Login login) {
        tell(listener -> listener.login(login));
    }

    @Override
    public void failedLogin(FailedLogin failure) {
        tell(listener -> listener.failedLogin(failure));
    }

    @Override
    public void pooled(Pooled pooled) {
        tell(listener -> listener.pooled(pooled));
    }

    @Override
    public void guarded(Guarded connection) {
        tell(listener -> listener.guarded(connection));
    }

    @Override
    public void heldBack(HeldBack connection) {
        tell(listener -> listener.heldBack(connection));
    }

    @Override
    public void retired(Retired retirement) {
        tell(listener -> listener.retired(retirement));
    }

    @Override
    public void stayed(Stayed connection) {
        tell(listener -> listener.stayed(connection));
    }

    @Override
    public void spare(Spare spare) {
        tell(listener -> listener.spare(spare));
    }

    @Override
    public void signed(Signed signature) {
        tell(listener -> listener.signed(signature));
    }

    @Override
    public void probed(Probed probe) {
        tell(listener -> listener.probed(probe));
    }

    @Override
    public void health(HealthChange change) {
        tell(listener -> listener.health(change));
    }

    @Override
    public void topology(TopologyChange change) {
        tell(listener -> listener.topology(change));
    }

    @Override
    public void notice(Notice notice) {
        tell(listener -> listener.notice(notice));
    }
}
