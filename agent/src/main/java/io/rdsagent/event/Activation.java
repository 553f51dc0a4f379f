package io.rdsagent.event;

import java.time.Duration;

/** The application has asked for this database for the first time. */
public final class Activation {

    public final String database;
    /** In the order of the round. */
    public final String endpoints;
    /** How they are chosen, as the configuration says it: round-robin. */
    public final String balance;
    /** Null where connections may live for ever; the first to go is at most the jitter younger than this. */
    public final Duration lifetime;
    /** 0 to 1 of the lifetime. */
    public final double jitter;

    public Activation(String database, String endpoints, String balance, Duration lifetime, double jitter) {
        this.database = database;
        this.endpoints = endpoints;
        this.balance = balance;
        this.lifetime = lifetime;
        this.jitter = jitter;
    }
}
