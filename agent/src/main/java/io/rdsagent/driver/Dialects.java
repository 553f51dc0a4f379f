package io.rdsagent.driver;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The families of drivers that are known. */
public final class Dialects {

    public static List<Dialect> all() {
        return Collections.unmodifiableList(
                Arrays.asList(new Pgjdbc(), new ConnectorJ(), new ConnectorJ5(), new MariaDb()));
    }

    private Dialects() {}
}
