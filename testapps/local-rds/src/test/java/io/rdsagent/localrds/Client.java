package io.rdsagent.localrds;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A client in this JVM, which dials addresses and verifies the certificate's authority. */
final class Client {

    private Client() {}

    static Connection logIn(LocalRds rds, Node node) throws SQLException {
        return logIn(rds, node, token(rds, node.host()), "verify-ca");
    }

    static Connection logIn(LocalRds rds, Node node, String password, String sslMode) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", rds.user());
        properties.setProperty("password", password);
        properties.setProperty("sslmode", sslMode);
        properties.setProperty("sslrootcert", rds.caFile().toString());
        properties.setProperty("loginTimeout", "10");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + node.address() + ":" + node.port() + "/" + rds.database(), properties);
    }

    static String token(LocalRds rds, String host) {
        return Sdk.token(rds.key(), rds.region(), host, rds.port(), rds.user());
    }

    static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }
}
