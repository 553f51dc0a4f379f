package io.rdsagent.driver;

import java.util.Properties;

/** The arguments for the driver's own {@code connect}. */
public final class Call {

    private final String url;
    private final Properties info;

    public Call(String url, Properties info) {
        this.url = url;
        this.info = info;
    }

    public String url() {
        return url;
    }

    public Properties info() {
        return info;
    }
}
