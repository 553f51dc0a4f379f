package io.rdsagent.event;

import java.time.Duration;

/** A physical connection was made and is on its way to whoever asked for it. */
public final class Login {

    public final String database;
    public final String endpoint;
    /** Where the socket really went: a balancer's or tunnel's address; the endpoint's own otherwise. */
    public final String dialled;

    /** Null when the driver chose it and no token was signed for it. */
    public final String user;
    /** The driver's class and version. */
    public final String driver;
    /** Whose credentials signed, never a key; null without IAM. */
    public final String identity;
    /** Null without IAM. */
    public final Duration tokenAge;

    public final Duration took;

    public Login(
            String database,
            String endpoint,
            String dialled,
            String user,
            String driver,
            String identity,
            Duration tokenAge,
            Duration took) {
        this.database = database;
        this.endpoint = endpoint;
        this.dialled = dialled;
        this.user = user;
        this.driver = driver;
        this.identity = identity;
        this.tokenAge = tokenAge;
        this.took = took;
    }
}
