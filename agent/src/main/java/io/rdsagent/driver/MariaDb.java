package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.weave.Hook;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** MariaDB Connector/J 3 and later. What a URL means is asked of the driver itself, by its public Configuration. */
final class MariaDb implements MysqlDialect {

    private static final String SCHEME = "jdbc:mariadb:";

    /** In the URL these would win over the properties of a login with a token. */
    private static final Set<String> LOGIN = new HashSet<>(Arrays.asList(
            "user",
            "password",
            "sslMode",
            "useSsl",
            "useSSL",
            "trustServerCertificate",
            "disableSslHostnameVerification",
            "allowPublicKeyRetrieval"));

    @Override
    public boolean speaks(Driver driver, String url) {
        return url.startsWith(SCHEME);
    }

    @Override
    public Wish read(Driver driver, String url, Properties info) throws SQLException {
        Object parsed = parse(driver, url, info);
        if (parsed == null) {
            return Wish.leftAlone("the driver itself can't tell what it means");
        }
        String mode = String.valueOf(ask(parsed, "haMode"));
        if (!mode.equals("NONE") && !mode.equals("SEQUENTIAL")) {
            return Wish.leftAlone("MariaDB Connector/J itself spreads its connections (" + mode
                    + "); with a plain list of hosts the agent does it");
        }
        if (ask(parsed, "socketFactory") != null || ask(parsed, "localSocket") != null || ask(parsed, "pipe") != null) {
            return Wish.leftAlone("it goes by a unix socket, a named pipe or a socketFactory");
        }
        List<HostPort> hosts = hosts((List<?>) ask(parsed, "addresses"));
        return hosts.isEmpty()
                ? Wish.leftAlone("it names a host or port that can't be dialled")
                : wish(parsed, settings(url, info), hosts);
    }

    private static Wish wish(Object parsed, Properties settings, List<HostPort> hosts) {
        return new Wish(
                        settings,
                        hosts,
                        (String) ask(parsed, "database"),
                        (String) ask(parsed, "user"),
                        (String) ask(parsed, "password"),
                        ask(parsed, "serverSslCert") != null || ask(parsed, "keyStore") != null,
                        0)
                .asking(askedTls(settings));
    }

    /** The words of 3.0 and later, and those of 2 that these still take. */
    private static AskedTls askedTls(Properties settings) {
        for (String name : settings.stringPropertyNames()) {
            String value = settings.getProperty(name);
            if (name.equalsIgnoreCase("sslMode")) {
                return new AskedTls(name + "=" + value, tlsMode(value.toLowerCase(Locale.ROOT)));
            }
            if (name.equalsIgnoreCase("useSsl") && value.equalsIgnoreCase("false")) {
                return new AskedTls(name + "=" + value, null);
            }
            if (name.equals("trustServerCertificate") && value.equalsIgnoreCase("true")) {
                return new AskedTls(name + "=" + value, TlsMode.REQUIRE);
            }
            if (name.equals("disableSslHostnameVerification") && value.equalsIgnoreCase("true")) {
                return new AskedTls(name + "=" + value, TlsMode.VERIFY_CA);
            }
        }
        return null;
    }

    private static TlsMode tlsMode(String word) {
        switch (word) {
            case "trust":
            case "required":
                return TlsMode.REQUIRE;
            case "verify-ca":
            case "verify_ca":
                return TlsMode.VERIFY_CA;
            case "verify-full":
            case "verify_full":
            case "verify_identity":
            case "1":
            case "true":
                return TlsMode.VERIFY_FULL;
            default:
                return null;
        }
    }

    private static Object parse(Driver driver, String url, Properties info) throws SQLException {
        try {
            return DriversOwn.find(driver.getClass(), "org.mariadb.jdbc", "org.mariadb.jdbc.Configuration")
                    .getMethod("parse", String.class, Properties.class)
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

    private static List<HostPort> hosts(List<?> addresses) {
        List<HostPort> hosts = new ArrayList<>();
        try {
            for (Object address : addresses) {
                Class<?> type = address.getClass();
                hosts.add(HostPort.of((String) type.getField("host").get(address), (Integer)
                        type.getField("port").get(address)));
            }
            return hosts;
        } catch (IllegalArgumentException noSuchAddress) {
            return new ArrayList<>();
        } catch (ReflectiveOperationException otherVersion) {
            throw new IllegalStateException("MariaDB Connector/J has changed: " + otherVersion, otherVersion);
        }
    }

    /** The URL's parameters, which the driver takes as they stand, over the properties. */
    private static Properties settings(String url, Properties info) {
        Properties settings = new Properties();
        for (String name : info.stringPropertyNames()) {
            settings.setProperty(name, info.getProperty(name));
        }
        int query = url.indexOf('?');
        String[] parameters =
                query < 0 ? new String[0] : url.substring(query + 1).split("&");
        for (String parameter : parameters) {
            String[] pair = parameter.split("=", 2);
            if (!pair[0].isEmpty()) {
                settings.setProperty(pair[0], pair.length > 1 ? pair[1] : "");
            }
        }
        return settings;
    }

    @Override
    public Call call(Wish wish, HostPort signingName, String user, TlsMode tls) {
        Properties info = new Properties();
        for (String name : wish.info().stringPropertyNames()) {
            if (tls == null || !LOGIN.contains(name)) {
                info.setProperty(name, wish.info().getProperty(name));
            }
        }
        if (tls != null) {
            info.setProperty("sslMode", sslMode(tls));
            if (user != null) {
                info.setProperty("user", user);
            }
        }
        String database = wish.database() == null ? "" : wish.database();
        return new Call(
                SCHEME + "//address=(host=" + signingName.host() + ")(port=" + signingName.port() + ")/" + database,
                info);
    }

    @Override
    public Map<String, String> trusting(File pem) {
        return Collections.singletonMap("serverSslCert", pem.getPath());
    }

    private static String sslMode(TlsMode tls) {
        switch (tls) {
            case REQUIRE:
                return "trust";
            case VERIFY_CA:
                return "verify-ca";
            default:
                return "verify-full";
        }
    }

    @Override
    public Map<String, Hook> hooks(Logins logins) {
        return new MariaDbHooks(logins).all();
    }

    private static Object ask(Object object, String getter) {
        try {
            return object.getClass().getMethod(getter).invoke(object);
        } catch (ReflectiveOperationException otherVersion) {
            throw new IllegalStateException("MariaDB Connector/J has changed: " + otherVersion, otherVersion);
        }
    }
}
