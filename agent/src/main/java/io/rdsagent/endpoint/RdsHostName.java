package io.rdsagent.endpoint;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an RDS endpoint says: {@code IDENTIFIER.[KIND-]ID.REGION.rds.amazonaws.com[.cn]}, and in China also
 * {@code IDENTIFIER.[KIND-]ID.rds.REGION.amazonaws.com.cn}. A global database's writer endpoint names no region and is
 * therefore none of these.
 */
public final class RdsHostName {

    /** What the endpoint leads to. */
    public enum Kind {
        INSTANCE(""),
        CLUSTER_WRITER("cluster-"),
        CLUSTER_READER("cluster-ro-"),
        CLUSTER_CUSTOM("cluster-custom-"),
        SHARD_GROUP("shardgrp-"),
        PROXY("proxy-");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        boolean hasInstances() {
            return this != PROXY && this != SHARD_GROUP;
        }

        static Kind of(String prefix) {
            for (Kind kind : values()) {
                if (kind.prefix.equals(prefix)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(prefix);
        }
    }

    private static final Pattern NAME = Pattern.compile("([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(\\.endpoint)?"
            + "\\.(cluster-custom-|cluster-ro-|cluster-|shardgrp-|proxy-|)([a-z0-9]{1,40})"
            + "(?:\\.(REGION)\\.rds\\.amazonaws\\.com(\\.cn)?|\\.rds\\.(REGION)\\.amazonaws\\.com\\.cn)"
                    .replace("REGION", "[a-z]{2,6}(?:-[a-z]{2,12}){1,2}-[0-9]{1,2}"));

    private static final int LONGEST = 253;

    private final String host;
    private final String identifier;
    private final Kind kind;
    private final String id;
    private final String region;
    private final String domain;

    private RdsHostName(String host, Matcher parts) {
        this.host = host;
        this.identifier = parts.group(1);
        this.kind = Kind.of(parts.group(3));
        this.id = parts.group(4);
        this.region = parts.group(5) != null ? parts.group(5) : parts.group(7);
        this.domain = host.substring(parts.end(4));
    }

    /**
     * In any case of letters, with or without the last dot.
     *
     * @param host may be null
     * @return null if it is not the name of an RDS endpoint
     */
    public static RdsHostName parse(String host) {
        if (host == null || host.length() > LONGEST) {
            return null;
        }
        String lower = host.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        Matcher parts = NAME.matcher(name);
        return parts.matches() && endpointOnlyOfProxy(parts) ? new RdsHostName(name, parts) : null;
    }

    /** Lower-cased, without a last dot. */
    public String host() {
        return host;
    }

    /** The first label: the instance's, cluster's or proxy's identifier, or a custom or extra endpoint's. */
    public String identifier() {
        return identifier;
    }

    public Kind kind() {
        return kind;
    }

    /** What account and region have in common: the second label, without {@code cluster-} and the like. */
    public String id() {
        return id;
    }

    /** Such as {@code eu-west-1}. */
    public String region() {
        return region;
    }

    /** Whether it ends in {@code .cn}. */
    public boolean isChina() {
        return domain.endsWith(".cn");
    }

    /**
     * The name of another instance in the same account and region, such as one of this cluster's.
     *
     * @param serverId the instance's identifier, as a topology query gives it
     * @throws IllegalStateException if this is a proxy or a shard group: their instances have no names that follow from it
     */
    public String instanceHost(String serverId) {
        if (!kind.hasInstances()) {
            throw new IllegalStateException(host + " is a " + kind + " and tells no instance's name");
        }
        return serverId.toLowerCase(Locale.ROOT) + "." + id + domain;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RdsHostName && host.equals(((RdsHostName) other).host);
    }

    @Override
    public int hashCode() {
        return host.hashCode();
    }

    @Override
    public String toString() {
        return host;
    }

    private static boolean endpointOnlyOfProxy(Matcher parts) {
        return parts.group(2) == null || Kind.of(parts.group(3)) == Kind.PROXY;
    }
}
