package io.rdsagent.localrds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** A client in a JVM of its own, which resolves names by the hosts file and verifies the certificate in full. */
final class LoginProbe {

    private LoginProbe() {}

    /** Logs in at {@code host} and returns the instance's name, or the SQLState of the refusal. */
    static String logIn(LocalRds rds, String host, String password) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.net.hosts.file=" + rds.hostsFile(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoginProbe.class.getName(),
                        "jdbc:postgresql://" + host + ":" + rds.port() + "/" + rds.database(),
                        rds.user(),
                        rds.caFile().toString()))
                .redirectErrorStream(true);
        builder.environment().put("PROBE_PASSWORD", password);
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said.trim();
        } finally {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) {
        Properties properties = new Properties();
        properties.setProperty("user", arguments[1]);
        properties.setProperty("password", System.getenv("PROBE_PASSWORD"));
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", arguments[2]);
        try (Connection connection = DriverManager.getConnection(arguments[0], properties);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT aurora_db_instance_identifier()")) {
            result.next();
            System.out.println(result.getString(1));
        } catch (SQLException e) {
            System.out.println(e.getSQLState());
        }
    }
}
