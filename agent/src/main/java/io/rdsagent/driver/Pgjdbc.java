package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.endpoint.Probe;
import io.rdsagent.weave.Hook;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** pgjdbc. What a URL means is asked of the driver itself, by its public {@code Driver.parseURL}. */
final class Pgjdbc implements Dialect {

    private static final String SCHEME = "jdbc:postgresql:";

    /** What a call says by its URL; {@code service} names a file that would say it too. */
    private static final List<String> ADDRESS =
            Arrays.asList("PGHOST", "PGPORT", "PGDBNAME", "host", "port", "dbname", "service");

    /** What the agent says in place of the application where it sends a token. */
    private static final List<String> LOGIN =
            Arrays.asList("user", "password", "ssl", "sslmode", "authenticationPluginClassName");

    /** Of the driver's own package, wherever a vendor has moved that to. */
    private static final String TRUSTS_ANYBODY = "ssl.NonValidatingFactory";

    private static final Map<String, TlsMode> TLS_MODES = modes();

    private static Map<String, TlsMode> modes() {
        Map<String, TlsMode> modes = new HashMap<>();
        modes.put("require", TlsMode.REQUIRE);
        modes.put("verify-ca", TlsMode.VERIFY_CA);
        modes.put("verify-full", TlsMode.VERIFY_FULL);
        return modes;
    }

    @Override
    public boolean speaks(Driver driver, String url) {
        return url.startsWith(SCHEME);
    }

    @Override
    public Wish read(Driver driver, String url, Properties info) throws SQLException {
        Properties parsed = parse(driver, url, info);
        if (parsed == null) {
            return Wish.leftAlone("the driver itself can't tell what it means");
        }
        if (parsed.getProperty("socketFactory") != null) {
            return Wish.leftAlone("its socketFactory decides where to go: a unix socket, a cloud's connector");
        }
        List<HostPort> hosts = hosts(parsed);
        return hosts == null
                ? Wish.leftAlone("it names a host or port that can't be dialled")
                : new Wish(
                                AllProperties.of(parsed),
                                hosts,
                                parsed.getProperty("PGDBNAME"),
                                parsed.getProperty("user"),
                                parsed.getProperty("password"),
                                hasOwnTrust(parsed),
                                loginTimeoutMillis(parsed))
                        .asking(askedTls(parsed));
    }

    /** {@code ssl=true} alone is verify-full since 42.2.5 and nobody's wish to verify before; it is as good as nothing said. */
    private static AskedTls askedTls(Properties parsed) {
        String mode = parsed.getProperty("sslmode");
        if (mode == null) {
            return "false".equalsIgnoreCase(parsed.getProperty("ssl")) ? new AskedTls("ssl=false", null) : null;
        }
        return new AskedTls("sslmode=" + mode, TLS_MODES.get(mode.toLowerCase(Locale.ROOT)));
    }

    private static boolean hasOwnTrust(Properties parsed) {
        String factory = parsed.getProperty("sslfactory", TRUSTS_ANYBODY);
        return !factory.endsWith(TRUSTS_ANYBODY)
                || parsed.getProperty("sslrootcert") != null
                || parsed.getProperty("sslcert") != null;
    }

    private static long loginTimeoutMillis(Properties parsed) {
        try {
            return (long) (1000 * Double.parseDouble(parsed.getProperty("loginTimeout", "0")));
        } catch (NumberFormatException theDriverIgnoresItToo) {
            return 0;
        }
    }

    private static Properties parse(Driver driver, String url, Properties info) throws SQLException {
        try {
            return (Properties) driver.getClass()
                    .getMethod("parseURL", String.class, Properties.class)
                    .invoke(null, url, info);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof SQLException) {
                throw (SQLException) failure.getCause();
            }
            return null;
        } catch (ReflectiveOperationException notThisDriver) {
            return null;
        }
    }

    private static List<HostPort> hosts(Properties parsed) {
        String[] names = parsed.getProperty("PGHOST", "localhost").split(",");
        String[] ports = parsed.getProperty("PGPORT", "5432").split(",");
        List<HostPort> hosts = new ArrayList<>(names.length);
        try {
            for (int i = 0; i < names.length; i++) {
                hosts.add(HostPort.of(names[i], Integer.parseInt(ports[Math.min(i, ports.length - 1)])));
            }
            return hosts;
        } catch (IllegalArgumentException noSuchAddress) {
            return null;
        }
    }

    @Override
    public Call call(Wish wish, HostPort signingName, String user, TlsMode tls) {
        Properties info = AllProperties.of(wish.info());
        ADDRESS.forEach(info::remove);
        if (tls != null) {
            LOGIN.forEach(info::remove);
            leaveNoHoleIn(info, wish, tls);
            info.setProperty("sslmode", sslMode(tls));
            if (user != null) {
                info.setProperty("user", user);
            }
        }
        // What the URL and a service file say is among the properties, so that nothing of a login is in this one.
        String database = wish.database() == null ? "" : UrlText.encode(wish.database());
        return new Call(SCHEME + "//" + signingName + '/' + database, info);
    }

    /** A root certificate beside a factory that looks at none; a class that finds every name right. */
    private static void leaveNoHoleIn(Properties info, Wish wish, TlsMode tls) {
        if (info.getProperty("sslfactory", "").endsWith(TRUSTS_ANYBODY)) {
            info.remove("sslfactory");
        }
        if (wish.hasOwnTrust() && tls == TlsMode.VERIFY_FULL) {
            info.remove("sslhostnameverifier");
        }
    }

    @Override
    public Map<String, String> trusting(File pem) {
        return Collections.singletonMap("sslrootcert", pem.getPath());
    }

    private static String sslMode(TlsMode tls) {
        switch (tls) {
            case REQUIRE:
                return "require";
            case VERIFY_CA:
                return "verify-ca";
            default:
                return "verify-full";
        }
    }

    /** Class 28: RDS says 28000, "PAM authentication failed"; without a method that fits, 28P01. */
    @Override
    public boolean isTokenRefused(SQLException failure) {
        String state = failure.getSQLState();
        return "28000".equals(state) || "28P01".equals(state);
    }

    @Override
    public String grant(String user) {
        return "GRANT rds_iam TO " + user;
    }

    /** Class 08, connection; 57P01 to 57P03, it stops, crashed or starts; 53300, it is full. */
    @Override
    public boolean isForAnotherEndpoint(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P0") || state.equals("53300"));
    }

    @Override
    public Map<String, Hook> hooks(Logins logins) {
        return new PgjdbcHooks(logins).all();
    }

    @Override
    public TopologyQuery topology() {
        return new PostgresTopology();
    }

    @Override
    public Probe.Handshake handshake() {
        return new PostgresHandshake();
    }

    @Override
    public WireLogin wire() {
        return new PostgresLogin();
    }
}
