package io.rdsagent.driver;

import java.util.Collections;
import java.util.List;

/** The families of drivers that are known. */
public final class Dialects {

    public static List<Dialect> all() {
        return Collections.singletonList(new Pgjdbc());
    }

    private Dialects() {}
}
