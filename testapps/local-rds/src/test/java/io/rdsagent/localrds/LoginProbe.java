package io.rdsagent.localrds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A client in a JVM of its own, which resolves names by the hosts file and verifies the certificate in full. */
final class LoginProbe {

    private LoginProbe() {}

    /** Logs in at {@code host} of a PostgreSQL and returns the instance's name, or the SQLState of the refusal. */
    static String logIn(LocalRds rds, String host, String password) throws IOException, InterruptedException {
        return run(
                rds,
                "jdbc:postgresql://" + host + ":" + rds.port() + "/" + rds.database(),
                "SELECT aurora_db_instance_identifier()",
                Map.of("sslmode", "verify-full", "sslrootcert", rds.caFile().toString()),
                password);
    }

    /** The same at a MySQL or MariaDB. */
    static String logIn(LocalRds rds, MysqlClient client, String host, String password)
            throws IOException, InterruptedException {
        return run(rds, client.url(rds, host), "SELECT @@report_host", client.tls(rds, true), password);
    }

    private static String run(LocalRds rds, String url, String sql, Map<String, String> settings, String password)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djdk.net.hosts.file=" + rds.hostsFile(),
                "-cp",
                System.getProperty("java.class.path"),
                LoginProbe.class.getName(),
                url,
                sql,
                "user=" + rds.user()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
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
        properties.setProperty("password", System.getenv("PROBE_PASSWORD"));
        for (String setting : List.of(arguments).subList(2, arguments.length)) {
            String[] words = setting.split("=", 2);
            properties.setProperty(words[0], words[1]);
        }
        try (Connection connection = DriverManager.getConnection(arguments[0], properties);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(arguments[1])) {
            result.next();
            System.out.println(result.getString(1));
        } catch (SQLException e) {
            System.out.println(e.getSQLState());
        }
    }
}
