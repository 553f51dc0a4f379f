package io.rdsagent.driver;

import java.util.Map;
import java.util.Properties;

/** The arguments for the driver's own {@code connect}. */
public final class Call {

    private final String url;
    private final Properties info;

    public Call(String url, Properties info) {
        this.url = url;
        this.info = info;
    }

    /** The same with more properties. */
    public Call with(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(info);
        all.putAll(more);
        return new Call(url, all);
    }

    public String url() {
        return url;
    }

    public Properties info() {
        return info;
    }
}
