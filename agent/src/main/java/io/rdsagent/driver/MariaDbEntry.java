package io.rdsagent.driver;

import java.sql.Driver;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * {@code connect(Configuration)} of MariaDB Connector/J 3 and 4, static: where its data sources and its own pool arrive.
 * The configuration's text is a URL that says all that was set by setters, too, but for what is secret.
 */
final class MariaDbEntry implements Entry {

    private static final String MASKED = "***";

    @Override
    public Asked asked(Object[] call) throws ReflectiveOperationException {
        Object configuration = call[1];
        if (MariaDb.hosts((List<?>) MariaDbParsed.ask(configuration, "addresses"))
                .isEmpty()) {
            return null;
        }
        Class<?> driver = MariaDbParsed.beside(configuration.getClass(), "Driver");
        Properties info = settings(configuration);
        // What is made here is what the pool pools.
        info.remove("pool");
        return new Asked((Driver) driver.getConstructor().newInstance(), new Call(url(configuration), info));
    }

    private static Properties settings(Object configuration) {
        Properties settings = MariaDb.settings(configuration.toString(), new Properties());
        for (String name : settings.stringPropertyNames()) {
            if (settings.getProperty(name).equals(MASKED)) {
                settings.setProperty(name, (String) MariaDbParsed.ask(configuration, name));
            }
        }
        return settings;
    }

    private static String url(Object configuration) {
        StringBuilder url = new StringBuilder(MariaDb.SCHEME);
        String mode = String.valueOf(MariaDbParsed.ask(configuration, "haMode"));
        if (!mode.equals("NONE")) {
            url.append(mode.toLowerCase(Locale.ROOT).replace('_', '-')).append(':');
        }
        url.append("//");
        String comma = "";
        for (Object address : (List<?>) MariaDbParsed.ask(configuration, "addresses")) {
            boolean primary = !Boolean.FALSE.equals(MariaDbParsed.field(address, "primary"));
            url.append(comma)
                    .append("address=(host=")
                    .append(MariaDbParsed.field(address, "host"))
                    .append(")(port=")
                    .append(MariaDbParsed.field(address, "port"))
                    .append(")(type=")
                    .append(primary ? "primary" : "replica")
                    .append(')');
            comma = ",";
        }
        Object database = MariaDbParsed.ask(configuration, "database");
        return url.append('/').append(database == null ? "" : database).toString();
    }
}
