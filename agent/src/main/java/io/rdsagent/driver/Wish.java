package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** What the application asked for, read from its URL and properties. */
public final class Wish {

    private final String whyLeftAlone;
    private final String balancedBy;
    private final String by;
    private final Properties info;
    private final List<HostPort> hosts;
    private final String database;
    private final String user;
    private final String password;
    private final boolean ownTrust;
    private final long loginTimeoutMillis;
    private final AskedTls askedTls;

    /**
     * @param info all that was asked for, as the driver itself understands it; never changed
     * @param hosts in the order of the URL, each with a port
     * @param user null when the driver would choose
     * @param password null when there is none
     * @param ownTrust whether it says itself which certificates it trusts
     * @param loginTimeoutMillis 0 when it says none
     */
    Wish(
            Properties info,
            List<HostPort> hosts,
            String database,
            String user,
            String password,
            boolean ownTrust,
            long loginTimeoutMillis) {
        this(null, null, null, info, hosts, database, user, password, ownTrust, loginTimeoutMillis, null);
    }

    private Wish(
            String whyLeftAlone,
            String balancedBy,
            String by,
            Properties info,
            List<HostPort> hosts,
            String database,
            String user,
            String password,
            boolean ownTrust,
            long loginTimeoutMillis,
            AskedTls askedTls) {
        this.whyLeftAlone = whyLeftAlone;
        this.balancedBy = balancedBy;
        this.by = by;
        this.info = info;
        this.hosts = Collections.unmodifiableList(new ArrayList<>(hosts));
        this.database = database;
        this.user = user;
        this.password = password;
        this.ownTrust = ownTrust;
        this.loginTimeoutMillis = loginTimeoutMillis;
        this.askedTls = askedTls;
    }

    /** @param asked what it says of TLS; null when it says nothing */
    Wish asking(AskedTls asked) {
        return new Wish(
                whyLeftAlone,
                balancedBy,
                by,
                info,
                hosts,
                database,
                user,
                password,
                ownTrust,
                loginTimeoutMillis,
                asked);
    }

    /** @param why the end of a sentence that begins with what is left alone, and a because */
    static Wish leftAlone(String why) {
        return new Wish(why, null, null, new Properties(), Collections.emptyList(), null, null, null, false, 0, null);
    }

    /** Of no one connection, but of the driver's own pool, which asks for each that it makes. */
    static Wish forItsPool() {
        return leftAlone("");
    }

    /** Null when it can be told; empty when there is nothing to say about it; if not null, none of the rest is of use, and the connect is the driver's alone. */
    public String whyLeftAlone() {
        return whyLeftAlone;
    }

    /**
     * The same for a driver that chooses the host of each session by itself, and goes on doing so.
     *
     * @param how the driver and its way, as a person knows them: Connector/J (LOADBALANCE)
     */
    Wish balancedBy(String how) {
        return new Wish(null, how, by, info, hosts, database, user, password, ownTrust, loginTimeoutMillis, askedTls);
    }

    /** The same for a driver that has a word in its URL for what it does with the one host that it is given. */
    Wish by(String mode) {
        return new Wish(
                whyLeftAlone,
                balancedBy,
                mode,
                info,
                hosts,
                database,
                user,
                password,
                ownTrust,
                loginTimeoutMillis,
                askedTls);
    }

    /** Null when there is no such word. */
    String by() {
        return by;
    }

    /** Null where the agent chooses the host. Else {@link #hosts} may be empty: the driver has them from elsewhere. */
    public String balancedBy() {
        return balancedBy;
    }

    Properties info() {
        return info;
    }

    String database() {
        return database;
    }

    /** At least one, unless it is left alone or the driver chooses. */
    public List<HostPort> hosts() {
        return hosts;
    }

    /** Null when the driver would choose. */
    public String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** Whether the application says itself which certificates it trusts. */
    public boolean hasOwnTrust() {
        return ownTrust;
    }

    /** Null when the application says nothing of TLS. */
    public AskedTls askedTls() {
        return askedTls;
    }

    /** 0 when the application says none to this driver. */
    public long loginTimeoutMillis() {
        return loginTimeoutMillis;
    }

    public boolean hasPassword() {
        return isPassword(password);
    }

    public boolean bringsToken() {
        return isToken(password);
    }

    /** Whether this may be a password: none, an empty one and the word iam are not. */
    public static boolean isPassword(String password) {
        return password != null && !password.isEmpty() && !password.equalsIgnoreCase("iam");
    }

    /** Whether this password is a token that something else has signed: the AWS JDBC Wrapper's iam plug-in, an SDK. */
    public static boolean isToken(String password) {
        return password != null && password.contains("X-Amz-Signature=");
    }
}
