package io.rdsagent.connect;

import io.rdsagent.driver.ServerError;
import io.rdsagent.endpoint.Discoveries;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Retirement;
import io.rdsagent.weave.Hook;

/**
 * Sees what a server refuses, where a driver reads its answer: to write, or to let in. What succeeds pays nothing for it.
 */
public final class Refusals implements Hook {

    private final Connector connector;
    private final WrongRoles wrongRoles;

    public Refusals(Connector connector, Leases leases, Retirement retirement, Discoveries discoveries) {
        this.connector = connector;
        this.wrongRoles = new WrongRoles(leases, retirement, discoveries);
    }

    @Override
    public Object at(Object[] call) {
        seen(ServerError.read(call));
        return null;
    }

    void seen(ServerError error) {
        if (isOfLogin(error.state())) {
            connector.loginRefused();
        } else {
            wrongRoles.seen(error);
        }
    }

    /** MySQL's 1045 is 28000; PostgreSQL's drivers make no login but in a connect, which sees to it itself. */
    private static boolean isOfLogin(String state) {
        return "28000".equals(state);
    }
}
