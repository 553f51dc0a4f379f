package io.rdsagent.driver;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The families of drivers that are known. */
public final class Dialects {

    public static List<Dialect> all() {
        return Collections.unmodifiableList(
                Arrays.asList(new Pgjdbc(), new MariaDb(), new MariaDb2(), new ConnectorJ(), new ConnectorJ5()));
    }

    /** By the scheme of a URL, for who has no driver at hand; null for a database that is none of ours. */
    public static Dialect ofScheme(String scheme) {
        switch (scheme) {
            case "postgresql":
                return new Pgjdbc();
            case "mysql":
                return new ConnectorJ();
            case "mariadb":
                return new MariaDb();
            default:
                return null;
        }
    }

    private Dialects() {}
}
