package io.rdsagent.driver;

import java.util.Properties;
import java.util.function.Predicate;

/** A copy of a driver's properties, with those that others have behind them as defaults and {@code putAll} would lose. */
final class AllProperties {

    static Properties of(Properties info) {
        return of(info, name -> true);
    }

    static Properties of(Properties info, Predicate<String> wanted) {
        Properties copy = new Properties();
        for (String name : info.stringPropertyNames()) {
            if (wanted.test(name)) {
                copy.setProperty(name, info.getProperty(name));
            }
        }
        return copy;
    }

    private AllProperties() {}
}
