package io.rdsagent.driver;

import java.sql.Driver;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** {@code MariaDbConnection.newConnection(UrlParser, …)} of MariaDB Connector/J 1 and 2: where its data sources arrive. */
final class MariaDb2Entry implements Entry {

    @Override
    public Asked asked(Object[] call) throws ReflectiveOperationException {
        Object parsed = call[1];
        return Boolean.TRUE.equals(MariaDbParsed.field(MariaDbParsed.ask(parsed, "getOptions"), "pool"))
                ? null
                : asked(parsed);
    }

    static Asked asked(Object parsed) throws ReflectiveOperationException {
        if (MariaDb.hosts((List<?>) MariaDbParsed.ask(parsed, "getHostAddresses"))
                .isEmpty()) {
            return null;
        }
        Properties info = MariaDb2.settings(MariaDbParsed.ask(parsed, "getOptions"));
        info.remove("pool");
        Class<?> driver = MariaDbParsed.beside(parsed.getClass(), "Driver");
        return new Asked((Driver) driver.getConstructor().newInstance(), new Call(url(parsed), info));
    }

    private static String url(Object parsed) {
        StringBuilder url = new StringBuilder(MariaDb2.SCHEME);
        String mode = String.valueOf(MariaDbParsed.ask(parsed, "getHaMode"));
        if (!mode.equals("NONE")) {
            url.append(mode.toLowerCase(Locale.ROOT)).append(':');
        }
        url.append("//");
        String comma = "";
        for (Object address : (List<?>) MariaDbParsed.ask(parsed, "getHostAddresses")) {
            url.append(comma)
                    .append("address=(host=")
                    .append(MariaDbParsed.field(address, "host"))
                    .append(")(port=")
                    .append(MariaDbParsed.field(address, "port"))
                    .append(')');
            if (MariaDbParsed.field(address, "type") != null) {
                url.append("(type=")
                        .append(MariaDbParsed.field(address, "type"))
                        .append(')');
            }
            comma = ",";
        }
        Object database = MariaDbParsed.ask(parsed, "getDatabase");
        return url.append('/').append(database == null ? "" : database).toString();
    }
}
