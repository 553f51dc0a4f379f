package io.rdsagent.config;

import java.io.File;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** What was asked for one database. */
public final class DatabaseConfig {
    /** The name of the settings that are for no database in particular. */
    public static final String DEFAULT = "default";

    private final String name;
    private final HostPatterns hosts;
    private final Iam iam;
    private final String user;
    private final String region;
    private final String profile;
    private final String roleArn;
    private final String externalId;
    private final List<EndpointSpec> endpoints;
    private final Discover discover;
    private final RoleWish role;
    private final Balance balance;
    private final String zone;
    private final List<HostPort> signFor;
    private final TlsMode tls;
    private final File tlsCa;
    private final Lifetime lifetime;
    private final Duration lifetimeMargin;
    private final double lifetimeJitter;
    private final Duration idle;
    private final double connectRate;
    private final int spares;
    private final Duration healthInterval;
    private final Duration healthTimeout;
    private final int deadAfter;
    private final Duration failoverWait;
    private final OnError onError;

    DatabaseConfig(String name, HostPatterns hosts, Duration lifetimeMargin, Values values) {
        this.name = name;
        this.hosts = hosts;
        this.iam = values.get(Keys.IAM);
        this.user = values.get(Keys.USER);
        this.region = values.get(Keys.REGION);
        this.profile = values.get(Keys.PROFILE);
        this.roleArn = values.get(Keys.ROLE_ARN);
        this.externalId = values.get(Keys.EXTERNAL_ID);
        List<EndpointSpec> listed = values.get(Keys.ENDPOINTS);
        this.endpoints = listed == null ? Collections.<EndpointSpec>emptyList() : listed;
        this.discover = values.get(Keys.DISCOVER);
        this.role = values.get(Keys.ROLE);
        this.balance = values.get(Keys.BALANCE);
        this.zone = values.get(Keys.ZONE);
        List<HostPort> names = values.get(Keys.SIGN_FOR);
        this.signFor = names == null ? Collections.<HostPort>emptyList() : names;
        this.tls = values.get(Keys.TLS);
        this.tlsCa = values.get(Keys.TLS_CA);
        this.lifetime = values.get(Keys.LIFETIME);
        this.lifetimeMargin = lifetimeMargin;
        this.lifetimeJitter = values.get(Keys.LIFETIME_JITTER);
        this.idle = values.get(Keys.IDLE);
        this.connectRate = values.get(Keys.CONNECT_RATE);
        this.spares = values.get(Keys.SPARES);
        this.healthInterval = values.get(Keys.HEALTH_INTERVAL);
        this.healthTimeout = values.get(Keys.HEALTH_TIMEOUT);
        this.deadAfter = values.get(Keys.DEAD_AFTER);
        this.failoverWait = values.get(Keys.FAILOVER_WAIT);
        this.onError = values.get(Keys.ON_ERROR);
    }

    /** The NAME of {@code db.NAME.} in lower case with {@code -}, or {@link #DEFAULT}. */
    public String name() {
        return name;
    }

    public HostPatterns hosts() {
        return hosts;
    }

    public Iam iam() {
        return iam;
    }

    /** Null: the application's. */
    public String user() {
        return user;
    }

    /** Null: from the host name. */
    public String region() {
        return region;
    }

    /** Null: the SDK's default chain. */
    public String profile() {
        return profile;
    }

    /** Null: no role is assumed. */
    public String roleArn() {
        return roleArn;
    }

    /** Null: the role demands none. Of no meaning without {@link #roleArn()}. */
    public String externalId() {
        return externalId;
    }

    /** Each with a port; empty: what the URL says. */
    public List<EndpointSpec> endpoints() {
        return endpoints;
    }

    public Discover discover() {
        return discover;
    }

    public RoleWish role() {
        return role;
    }

    public Balance balance() {
        return balance;
    }

    /** The name of an Availability Zone; null: none. */
    public String zone() {
        return zone;
    }

    /** Each with a port; any of them may answer at any endpoint. Empty: the endpoint's own name. */
    public List<HostPort> signFor() {
        return signFor;
    }

    public TlsMode tls() {
        return tls;
    }

    /** A file that was readable at start; null: the bundled RDS roots. */
    public File tlsCa() {
        return tlsCa;
    }

    public Lifetime lifetime() {
        return lifetime;
    }

    /** Zero or more, and less than the lifetime if that has an end. */
    public Duration lifetimeMargin() {
        return lifetimeMargin;
    }

    /** A share of the lifetime, 0 to 1. */
    public double lifetimeJitter() {
        return lifetimeJitter;
    }

    /** More than zero; null: off. */
    public Duration idle() {
        return idle;
    }

    /** Logins a second for each endpoint, more than 0. */
    public double connectRate() {
        return connectRate;
    }

    /** 0 to 100. */
    public int spares() {
        return spares;
    }

    /** More than zero. */
    public Duration healthInterval() {
        return healthInterval;
    }

    /** More than zero. */
    public Duration healthTimeout() {
        return healthTimeout;
    }

    /** Failed probes, 1 to 1000; 0: off. */
    public int deadAfter() {
        return deadAfter;
    }

    /** More than zero; null: off. */
    public Duration failoverWait() {
        return failoverWait;
    }

    public OnError onError() {
        return onError;
    }

    @Override
    public String toString() {
        return name + " (" + hosts + ")";
    }
}
