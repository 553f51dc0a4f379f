package io.rdsagent.connect;

import io.rdsagent.config.Config;
import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.config.OnError;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Entry;
import io.rdsagent.driver.Logins;
import io.rdsagent.driver.Wish;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Discoveries;
import io.rdsagent.event.Events;
import io.rdsagent.lease.Recipe;
import io.rdsagent.lease.Spares;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;

/** At {@code Driver.connect}: is this connection ours, and if so, how is it made? */
public final class ConnectInterceptor implements Hook {

    private final Config config;
    private final List<Dialect> dialects;
    private final Databases databases;
    private final Connector connector;
    private final Spares spares;
    private final Discoveries discoveries;
    private final ScheduledExecutorService timer;
    private final LeftAlone leftAlone;
    private final DriversChoice driversChoice;

    public ConnectInterceptor(
            Config config,
            List<Dialect> dialects,
            Databases databases,
            Connector connector,
            Spares spares,
            Discoveries discoveries,
            ScheduledExecutorService timer,
            Events events) {
        this.config = config;
        this.discoveries = discoveries;
        this.timer = timer;
        this.dialects = dialects;
        this.databases = databases;
        this.connector = connector;
        this.spares = spares;
        this.leftAlone = new LeftAlone(events);
        this.driversChoice = connector.driversChoice(config, databases, leftAlone);
    }

    /** What the hooks inside the drivers ask. */
    public Logins logins() {
        return driversChoice;
    }

    @Override
    public Connection at(Object[] call) throws SQLException {
        String url = (String) call[1];
        // Our own call of the driver, or a driver that calls another: it goes on untouched.
        if (url == null || connector.isConnecting()) {
            return null;
        }
        for (Dialect dialect : dialects) {
            if (dialect.speaks((Driver) call[0], url)) {
                return connect((Driver) call[0], dialect, url, (Properties) call[2]);
            }
        }
        return null;
    }

    /** At a way in that names no URL: the same, asked as if it did. */
    public Hook at(Entry entry) {
        return call -> {
            Entry.Asked asked = connector.isConnecting() ? null : entry.asked(call);
            Connection made = asked == null
                    ? null
                    : at(new Object[] {
                        asked.driver(), asked.call().url(), asked.call().info()
                    });
            return made == null ? null : entry.answer(made);
        };
    }

    private Connection connect(Driver driver, Dialect dialect, String url, Properties info) throws SQLException {
        Properties given = info == null ? new Properties() : info;
        Wish wish = dialect.read(driver, url, given);
        if (wish.whyLeftAlone() != null) {
            leftAlone.unreadable(driver, wish.whyLeftAlone());
            return null;
        }
        if (wish.balancedBy() != null) {
            return wish.bringsToken() ? null : driversChoice.connect(driver, dialect, wish, url, given);
        }
        DatabaseConfig asked = match(wish);
        if (asked == null) {
            return null;
        }
        if (wish.bringsToken()) {
            leftAlone.withToken(wish.hosts().get(0));
            return null;
        }
        try {
            Database database = databases.of(asked, wish.hosts(), dialect.handshake());
            database.used();
            Recipe recipe = ConnectRecipe.of(connector, driver, dialect, wish, database, url, given);
            Connection spare = spares.take(recipe);
            if (spare != null) {
                return spare;
            }
            ConnectPlan plan = new ConnectPlan(driver, dialect, wish, database, recipe, false);
            Connection made = connector.connect(plan);
            if (made != null && !database.isSettled()) {
                discoveries.begin(database, name -> SqlTopology.of(connector, plan, name, timer));
            } else if (made != null) {
                database.connectedBy(driver);
            }
            return made;
        } catch (RuntimeException | LinkageError ours) {
            if (asked.onError() == OnError.FAIL) {
                throw new SQLException(
                        "RDS JDBC Agent: a fault of the agent (" + ours + ") kept it from connecting to "
                                + asked.name() + ". Set `on-error` to pass to connect as without the agent,"
                                + " and report this.",
                        "08001",
                        ours);
            }
            throw ours;
        }
    }

    private DatabaseConfig match(Wish wish) {
        for (HostPort host : wish.hosts()) {
            DatabaseConfig asked = config.forHost(host.host(), host.port());
            if (asked != null) {
                return asked;
            }
        }
        return null;
    }
}
