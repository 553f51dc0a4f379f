package io.rdsagent.bench.program;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The database of {@code -Dbench.url}; each {@code -Dbench.property.X} is the connection's property X. */
public final class Database {

    public static final String URL = "bench.url";
    public static final String PROPERTY = "bench.property.";

    private final String url = System.getProperty(URL);
    private final Properties properties = properties();

    public String url() {
        return url;
    }

    public Properties properties() {
        Properties found = new Properties();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PROPERTY)) {
                found.setProperty(name.substring(PROPERTY.length()), System.getProperty(name));
            }
        }
        return found;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    /** One row that never differs. */
    public static int selectOne(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            result.next();
            return result.getInt(1);
        }
    }
}
