package io.rdsagent.connect;

import io.rdsagent.driver.Logins;
import io.rdsagent.driver.ServerError;
import io.rdsagent.endpoint.Discoveries;
import io.rdsagent.endpoint.Health;
import io.rdsagent.weave.Hook;
import java.sql.SQLException;

/**
 * Sees a driver build an exception that says "this connection is gone", and has the endpoints asked at once, so that
 * those who borrow next get a living one. What succeeds pays nothing for it.
 */
public final class BrokenConnections implements Hook {

    private final Health health;
    private final Discoveries discoveries;
    private final Refusals refusals;
    private final Logins logins;
    private final Runnable look;

    /** @param look looks at once which other connections are gone too */
    public BrokenConnections(Health health, Discoveries discoveries, Refusals refusals, Logins logins, Runnable look) {
        this.health = health;
        this.discoveries = discoveries;
        this.refusals = refusals;
        this.logins = logins;
        this.look = look;
    }

    @Override
    public Object at(Object[] call) {
        if (call[0] instanceof SQLException) {
            broken(((SQLException) call[0]).getSQLState());
        } else {
            // MariaDB's are of the JDK's classes: seen where its factory is given message and state.
            ServerError error = ServerError.made(call);
            broken(error.state());
            refusals.seen(error);
        }
        return null;
    }

    private void broken(String state) {
        // A connect that fails is judged by who makes it.
        if (isBreak(state) && logins.current() == null) {
            health.suspectAll();
            look.run();
            discoveries.suspectAll();
        }
    }

    /** Class 08, connection (08003 is the application's own use of a closed one); 57P01 to 57P03, the server goes. */
    private static boolean isBreak(String state) {
        return state != null && (state.startsWith("57P0") || (state.startsWith("08") && !state.equals("08003")));
    }
}
