package io.rdsagent.connect;

import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Wish;
import io.rdsagent.endpoint.Database;
import io.rdsagent.lease.Recipe;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** One driver, one URL, and the properties in full: what a connect was asked for. */
final class ConnectRecipe implements Recipe {

    private final Connector connector;
    private final WeakReference<Driver> driver;
    private final Dialect dialect;
    private final Wish wish;
    private final Database database;
    private final String url;
    private final Map<String, String> info;
    private final int hash;

    private ConnectRecipe(
            Connector connector,
            Driver driver,
            Dialect dialect,
            Wish wish,
            Database database,
            String url,
            Map<String, String> info) {
        this.connector = connector;
        this.driver = new WeakReference<>(driver);
        this.dialect = dialect;
        this.wish = wish;
        this.database = database;
        this.url = url;
        this.info = info;
        this.hash = 31 * (31 * System.identityHashCode(driver) + url.hashCode()) + info.hashCode();
    }

    /** @return null where spares are off, or the properties hold something that is no text and so can't be kept */
    static Recipe of(
            Connector connector,
            Driver driver,
            Dialect dialect,
            Wish wish,
            Database database,
            String url,
            Properties info) {
        Map<String, String> texts = database.config().spares() == 0 ? null : texts(info);
        return texts == null ? null : new ConnectRecipe(connector, driver, dialect, wish, database, url, texts);
    }

    private static Map<String, String> texts(Properties info) {
        Map<String, String> texts = new HashMap<>();
        for (String name : info.stringPropertyNames()) {
            texts.put(name, info.getProperty(name));
        }
        try {
            // With the defaults behind them, as the other.
            return Collections.list(info.propertyNames()).size() == texts.size() ? texts : null;
        } catch (ClassCastException keyThatIsNoText) {
            return null;
        }
    }

    @Override
    public Connection open() throws SQLException {
        Driver present = driver.get();
        return present == null
                ? null
                : connector.connect(new ConnectPlan(present, dialect, wish, database, this, true));
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof ConnectRecipe)) {
            return false;
        }
        ConnectRecipe that = (ConnectRecipe) other;
        Driver present = driver.get();
        return hash == that.hash
                && present != null
                && present == that.driver.get()
                && database == that.database
                && url.equals(that.url)
                && info.equals(that.info);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
