package io.rdsagent.connect;

import io.rdsagent.config.Iam;
import io.rdsagent.config.TlsMode;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Wish;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.lease.Recipe;
import java.sql.Driver;
import java.util.List;

/** How one wish of the application's is to be met. */
final class ConnectPlan {

    private final Driver driver;
    private final Dialect dialect;
    private final Wish wish;
    private final Database database;
    private final List<Endpoint> order;
    private final Recipe recipe;
    private final boolean ahead;

    ConnectPlan(Driver driver, Dialect dialect, Wish wish, Database database) {
        this(driver, dialect, wish, database, null, false);
    }

    /**
     * @param recipe by which another can be made; null when none is to be made ahead
     * @param ahead whether nobody waits for it
     */
    ConnectPlan(Driver driver, Dialect dialect, Wish wish, Database database, Recipe recipe, boolean ahead) {
        this.driver = driver;
        this.dialect = dialect;
        this.wish = wish;
        this.database = database;
        this.order = database.balancer().order();
        this.recipe = recipe;
        this.ahead = ahead;
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
