package io.rdsagent.connect;

import io.rdsagent.driver.Call;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Drivers that the agent reaches at their {@code connect} alone, since the place where it would hand over a token is not
 * in this version or not under a name that it knows. They get the token with the properties of one connect.
 */
final class OuterOnly {

    /** pgjdbc's "no password was provided"; it says the same of a server without TLS, which is then met again. */
    private static final String NO_PASSWORD = "08004";

    private final Set<Class<?>> drivers = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final Once once;

    OuterOnly(Once once) {
        this.once = once;
    }

    /** Whether a login has failed for want of a password that the driver never asked the agent for. */
    boolean isLikely(ConnectPlan plan, Attempt attempt, SQLException failure) {
        return attempt.isIam()
                && !attempt.wasAsked()
                && attempt.user() != null
                && (NO_PASSWORD.equals(failure.getSQLState()) || plan.dialect().isTokenRefused(failure));
    }

    boolean has(Driver driver) {
        return drivers.contains(driver.getClass());
    }

    void add(Driver driver) {
        drivers.add(driver.getClass());
    }

    void remove(Driver driver) {
        drivers.remove(driver.getClass());
    }

    /** Said when it has proved right. */
    void served(ConnectPlan plan, Attempt attempt) {
        once.warning(plan.driver().getClass().getName() + " never asks the agent for the password, so it gets the token"
                + " with its properties: what logs in again by itself (a reconnect, KILL QUERY) sends the old one"
                + (attempt.hasMadeSockets()
                        ? ""
                        : ", the name in its URL is what it dials, and its own timeouts are all that ends a connect")
                + (attempt.hasMadeTls() ? "" : ", and it verifies the server by its own settings")
                + ". Use a version that the manual lists, or name its packages in `drivers`.");
    }

    /**
     * The same call with the token. It may leave only by TLS, and here the agent doesn't see the socket: so the driver has
     * to know the setting by which it is told to insist.
     */
    Call withToken(ConnectPlan plan, Attempt attempt, Call call) throws SQLException {
        if (!insistsOnTls(plan.driver(), call)) {
            throw attempt.refusePlainText();
        }
        return call.with(Collections.singletonMap("password", attempt.password(attempt.user())));
    }

    private static boolean insistsOnTls(Driver driver, Call call) throws SQLException {
        for (DriverPropertyInfo known : driver.getPropertyInfo(call.url(), call.info())) {
            if (known.name.equalsIgnoreCase("sslmode")) {
                return true;
            }
        }
        return false;
    }
}
