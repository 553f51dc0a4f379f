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
        return Boolean.TRUE.equals(DriversOwn.field(DriversOwn.ask(parsed, "getOptions"), "pool"))
                ? null
                : asked(parsed);
    }

    static Asked asked(Object parsed) throws ReflectiveOperationException {
        if (MariaDb.hosts((List<?>) DriversOwn.ask(parsed, "getHostAddresses")).isEmpty()) {
            return null;
        }
        Properties info = MariaDb2.settings(DriversOwn.ask(parsed, "getOptions"));
        info.remove("pool");
        Class<?> driver = DriversOwn.beside(parsed.getClass(), "Driver");
        return new Asked((Driver) driver.getConstructor().newInstance(), new Call(url(parsed), info));
    }

    private static String url(Object parsed) {
        StringBuilder url = new StringBuilder(MariaDb2.SCHEME);
        String mode = String.valueOf(DriversOwn.ask(parsed, "getHaMode"));
        if (!mode.equals("NONE")) {
            url.append(mode.toLowerCase(Locale.ROOT)).append(':');
        }
        url.append("//");
        String comma = "";
        for (Object address : (List<?>) DriversOwn.ask(parsed, "getHostAddresses")) {
            url.append(comma)
                    .append("address=(host=")
                    .append(DriversOwn.field(address, "host"))
                    .append(")(port=")
                    .append(DriversOwn.field(address, "port"))
                    .append(')');
            if (DriversOwn.field(address, "type") != null) {
                url.append("(type=").append(DriversOwn.field(address, "type")).append(')');
            }
            comma = ",";
        }
        Object database = DriversOwn.ask(parsed, "getDatabase");
        return url.append('/').append(database == null ? "" : database).toString();
    }
}
