package io.rdsagent.localrds;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a local RDS shall be like; everything has a default. Not thread-safe. */
public final class LocalRdsBuilder {

    private static final AwsKey DEFAULT_KEY =
            new AwsKey("AKIALOCALRDSEXAMPLE1", "local/rds/secret/that/opens/nothing/else", Optional.empty());

    String cluster = "orders";
    String region = "eu-west-1";
    int nodes = 3;
    List<String> users = List.of("app");
    Clock clock = Clock.systemUTC();
    final List<AwsKey> keys = new ArrayList<>();
    Optional<Path> directory = Optional.empty();
    Engine engine = Engine.POSTGRES;
    Optional<String> version = Optional.empty();
    Postgres postgres = Postgres.fromSystemProperty();
    int port;
    Optional<String> addressPrefix = Optional.empty();
    boolean tls = true;
    boolean aurora = true;
    boolean multiAz;
    boolean allStrangers;
    final Set<Integer> strangers = new HashSet<>();

    LocalRdsBuilder() {}

    /** The cluster's identifier, also the name of its database; {@code orders}. Letters, digits and hyphens. */
    public LocalRdsBuilder cluster(String identifier) {
        if (!identifier.matches("[a-z][a-z0-9-]{0,40}")) {
            throw new IllegalArgumentException(
                    "A cluster is named by small letters, digits and hyphens, not: " + identifier);
        }
        cluster = identifier;
        return this;
    }

    /** The region in the host names, which tokens must be signed for; {@code eu-west-1}. */
    public LocalRdsBuilder region(String name) {
        region = name;
        return this;
    }

    /** How many instances: the writer and its standbys; 3. From 1 to 9. */
    public LocalRdsBuilder nodes(int count) {
        if (count < 1 || count > 9) {
            throw new IllegalArgumentException("A cluster has 1 to 9 nodes, not " + count);
        }
        nodes = count;
        return this;
    }

    /** The IAM database users; {@code app}. The first one owns the database. */
    public LocalRdsBuilder user(String first, String... others) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(others));
        users = List.copyOf(all);
        return this;
    }

    /** The clock that the age of tokens is measured with; the system's. */
    public LocalRdsBuilder clock(Clock verifierClock) {
        clock = verifierClock;
        return this;
    }

    /** An access key that may log in. Called again, another one; the first is in {@link LocalRds#environment()}. */
    public LocalRdsBuilder credentials(String accessKeyId, String secret) {
        keys.add(new AwsKey(accessKeyId, secret, Optional.empty()));
        return this;
    }

    /** Temporary credentials that may log in. */
    public LocalRdsBuilder credentials(String accessKeyId, String secret, String sessionToken) {
        keys.add(new AwsKey(accessKeyId, secret, Optional.of(sessionToken)));
        return this;
    }

    /** An existing folder to keep everything in; a temporary one. What is made in it is deleted at close. */
    public LocalRdsBuilder directory(Path existing) {
        directory = Optional.of(existing);
        return this;
    }

    /** Which database serves; {@link Engine#POSTGRES}. */
    public LocalRdsBuilder engine(Engine which) {
        engine = which;
        return this;
    }

    /**
     * Which version of it: {@code 14} to {@code 18}, {@code 8.0}, {@code 10.11} or {@code 11.4}; by default one that can be had
     * without a fetch, or else the newest. A server that is not installed is taken from the local Maven repository.
     */
    public LocalRdsBuilder version(String number) {
        version = Optional.of(number);
        return this;
    }

    /** Which PostgreSQL; what the system property {@code localrds.postgres} says, or else {@link Postgres#ANY}. */
    public LocalRdsBuilder postgres(Postgres which) {
        postgres = which;
        return this;
    }

    /** The port of all nodes; 0, the default, picks a free one. */
    public LocalRdsBuilder port(int number) {
        port = number;
        return this;
    }

    /** The first three numbers of the nodes' addresses, as in {@code 127.0.0}; by default picked at random for each run. */
    public LocalRdsBuilder addressPrefix(String prefix) {
        addressPrefix = Optional.of(prefix);
        return this;
    }

    /** False: the servers speak no TLS at all, and nobody can log in with a token. */
    public LocalRdsBuilder tls(boolean spoken) {
        tls = spoken;
        return this;
    }

    /** False: the cluster is the plain database without Aurora's SQL functions (PostgreSQL) or RDS's table of the topology (MySQL). */
    public LocalRdsBuilder aurora(boolean functions) {
        aurora = functions;
        return this;
    }

    /**
     * PostgreSQL as a Multi-AZ DB cluster: in place of Aurora's functions the extension {@code rds_tools}, which nobody may use
     * until he is granted it, as on RDS.
     */
    public LocalRdsBuilder multiAz() {
        multiAz = true;
        return this;
    }

    /** True: all nodes show a certificate of an authority that is not in the CA file. */
    public LocalRdsBuilder strangerCertificate(boolean all) {
        allStrangers = all;
        return this;
    }

    /** This node, counted from 1, shows a certificate of an authority that is not in the CA file. */
    public LocalRdsBuilder strangerCertificate(int node) {
        strangers.add(node);
        return this;
    }

    List<AwsKey> keys() {
        return keys.isEmpty() ? List.of(DEFAULT_KEY) : List.copyOf(keys);
    }

    boolean isStranger(int node) {
        return allStrangers || strangers.contains(node);
    }

    /**
     * Starts all nodes; returns when the standbys stream from the writer.
     *
     * @throws LocalRdsException if it cannot be started; nothing of it is left running then
     */
    public LocalRds start() {
        return Launch.start(this);
    }
}
