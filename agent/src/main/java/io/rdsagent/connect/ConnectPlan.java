package io.rdsagent.connect;

import io.rdsagent.config.Iam;
import io.rdsagent.config.TlsMode;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Wish;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.lease.Recipe;
import java.net.Socket;
import java.sql.Driver;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** How one wish of the application's is to be met. */
final class ConnectPlan {

    private final Driver driver;
    private final Dialect dialect;
    private final Wish wish;
    private final Database database;
    private final List<Endpoint> order;
    private final Recipe recipe;
    private final boolean ahead;
    private final Consumer<Socket> own;

    ConnectPlan(Driver driver, Dialect dialect, Wish wish, Database database) {
        this(driver, dialect, wish, database, null, false);
    }

    /**
     * @param recipe by which another can be made; null when none is to be made ahead
     * @param ahead whether nobody waits for it
     */
    ConnectPlan(Driver driver, Dialect dialect, Wish wish, Database database, Recipe recipe, boolean ahead) {
        this(driver, dialect, wish, database, database.balancer().order(), recipe, ahead, null);
    }

    private ConnectPlan(
            Driver driver,
            Dialect dialect,
            Wish wish,
            Database database,
            List<Endpoint> order,
            Recipe recipe,
            boolean ahead,
            Consumer<Socket> own) {
        this.driver = driver;
        this.dialect = dialect;
        this.wish = wish;
        this.database = database;
        this.order = order;
        this.recipe = recipe;
        this.ahead = ahead;
        this.own = own;
    }

    /**
     * For the agent itself: never the application's, and counted nowhere.
     *
     * @param socket told of the one below TLS; of null where the driver has made it by itself
     */
    static ConnectPlan ofTheAgent(
            Driver driver, Dialect dialect, Wish wish, Database database, Endpoint where, Consumer<Socket> socket) {
        return new ConnectPlan(driver, dialect, wish, database, Collections.singletonList(where), null, true, socket);
    }

    Driver driver() {
        return driver;
    }

    Dialect dialect() {
        return dialect;
    }

    Wish wish() {
        return wish;
    }

    Database database() {
        return database;
    }

    /** The endpoints to try; the first is counted as opened. */
    List<Endpoint> order() {
        return order;
    }

    /** Null when no other is to be made ahead. */
    Recipe recipe() {
        return recipe;
    }

    /** Null where it is for the application. */
    Consumer<Socket> own() {
        return own;
    }

    /** Whether it is opened ahead of need, and nobody waits for it. */
    boolean isAhead() {
        return ahead;
    }

    /** With a token the configured user, if there is one, else the application's; null when the driver would choose. */
    String user(Endpoint endpoint) {
        String configured = database.config().user();
        return configured != null && isIam(endpoint) ? configured : wish.user();
    }

    /** As configured, or what the application asks for where that verifies more. */
    TlsMode tls() {
        TlsMode configured = database.config().tls();
        return wish.askedTls() == null ? configured : wish.askedTls().orStricter(configured);
    }

    /** Whether logins to this endpoint are made with a token. */
    boolean isIam(Endpoint endpoint) {
        return isIam(database.config().iam(), wish.hasPassword(), endpoint);
    }

    static boolean isIam(Iam iam, boolean hasPassword, Endpoint endpoint) {
        if (iam == Iam.AUTO) {
            return !hasPassword && RdsHostName.parse(endpoint.signingName().host()) != null;
        }
        return iam == Iam.ALWAYS;
    }
}
