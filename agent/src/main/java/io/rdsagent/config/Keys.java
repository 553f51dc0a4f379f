package io.rdsagent.config;

import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Every setting there is. Names are a contract: add to them, never rename. */
public final class Keys {
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    public static final Key<Boolean> ENABLED = Key.ofAgent(
            "enabled", Parsers.truth(), "true", "The kill switch: with `false` the agent does nothing at all.");
    public static final Key<File> CONFIG = Key.ofAgent(
            "config",
            Parsers.path(),
            "(none)",
            "The file with settings, read in UTF-8; cannot itself be set in a file.");
    public static final Key<HostPatterns> MATCH = Key.ofDatabase(
            "match",
            Parsers.hosts(),
            "*.rds.amazonaws.com*",
            "The hosts that the agent looks after, as the application's URL says them.");
    public static final Key<Iam> IAM = Key.ofDatabase(
            "iam",
            Parsers.oneOf(Iam.class),
            "auto",
            "Whether a token replaces the password. `auto`: on an RDS host, when the application gives no password, an"
                    + " empty one, or the word `iam`.");
    public static final Key<String> USER = Key.ofDatabase(
            "user", AwsNames.name("user name"), "(the application's)", "The database user that tokens are signed for.");
    public static final Key<String> REGION = Key.ofDatabase(
            "region", AwsNames.region(), "(from the host name)", "The region that tokens are signed for.");
    public static final Key<String> PROFILE = Key.ofDatabase(
            "profile",
            AwsNames.name("profile name"),
            "(the SDK's default chain)",
            "The profile of the AWS configuration files whose credentials sign.");
    public static final Key<String> ROLE_ARN =
            Key.ofDatabase("role-arn", AwsNames.roleArn(), "(none)", "The IAM role that is assumed to sign.");
    public static final Key<String> EXTERNAL_ID = Key.ofDatabase(
            "external-id",
            AwsNames.externalId(),
            "(none)",
            "The external id that the trust policy of `role-arn` demands of whoever assumes it.");
    public static final Key<List<EndpointSpec>> ENDPOINTS = Key.ofDatabase(
            "endpoints",
            Parsers.endpoints(),
            "(what the URL says)",
            "Where connections may go, in place of what the URL says: `host:port`, with `/writer` or `/reader` where"
                    + " that is known.");
    public static final Key<Discover> DISCOVER = Key.ofDatabase(
            "discover",
            Parsers.oneOf(Discover.class),
            "auto",
            "Where the list of instances comes from. `topology`: SQL on the database; `aws`: DescribeDBClusters; `dns`: all"
                    + " addresses of the name; `none`: the URL or `endpoints`. `auto`: `topology` where the URL names a"
                    + " cluster, else `none`.");
    public static final Key<RoleWish> ROLE = Key.ofDatabase(
            "role",
            Parsers.oneOf(RoleWish.class),
            "by-host-name",
            "Which endpoints are wanted. `by-host-name`: readers for a `cluster-ro-` name, the writer for a `cluster-`"
                    + " name, else any.");
    public static final Key<Balance> BALANCE = Key.ofDatabase(
            "balance",
            Parsers.oneOf(Balance.class),
            "round-robin",
            "How new connections are spread over the endpoints.");
    public static final Key<String> ZONE = Key.ofDatabase(
            "zone",
            AwsNames.zone(),
            "none",
            "The Availability Zone whose readers are preferred while one of them serves; `none`: all alike. The zones are"
                    + " known with `discover=aws`.");
    public static final Key<List<HostPort>> SIGN_FOR = Key.ofDatabase(
            "sign-for",
            Parsers.addresses(),
            "(the endpoint)",
            "The name to sign for and to verify the certificate against, when a balancer, an alias or a tunnel is"
                    + " dialled. Several, where several instances are behind it: the certificate of the one that answers"
                    + " says which.");
    public static final Key<TlsMode> TLS = Key.ofDatabase(
            "tls",
            Parsers.oneOf(TlsMode.class),
            "verify-full",
            "What is verified before a token leaves: chain and name, the chain only, or nothing but that it is encrypted.");
    public static final Key<File> TLS_CA = Key.ofDatabase(
            "tls.ca",
            Parsers.readableFile("PEM file"),
            "(the bundled RDS roots)",
            "The PEM file of the certificate authorities to trust.");
    public static final Key<Lifetime> LIFETIME = Key.ofDatabase(
            "lifetime",
            Parsers.lifetime(),
            "token",
            "How long a physical connection may live. `token`: as long as its token, 15 minutes.");
    public static final Key<Duration> LIFETIME_MARGIN = Key.ofDatabase(
            "lifetime.margin",
            Parsers.duration(Duration.ZERO),
            "60s",
            "How long before the end of its life a connection is retired; less than the lifetime.");
    public static final Key<Double> LIFETIME_JITTER = Key.ofDatabase(
            "lifetime.jitter",
            Parsers.percentage(),
            "10%",
            "How much of the lifetime is spread, so that connections opened together do not end together.");
    public static final Key<Duration> IDLE = Key.ofDatabase(
            "idle",
            Parsers.durationOrOff(MILLISECOND),
            "300s",
            "How long a connection may lie idle in a pool; below the 350 s after which a Network Load Balancer drops it.");
    public static final Key<Double> CONNECT_RATE = Key.ofDatabase(
            "connect.rate",
            Parsers.rate(),
            "20/s",
            "How fast rotation replaces connections: so many new logins for each endpoint from this JVM at most; RDS allows"
                    + " 200 a second from all of them. What the application itself asks for is never held up.");
    public static final Key<Integer> SPARES = Key.ofDatabase(
            "spares",
            Parsers.whole(0, 100),
            "1",
            "How many connections are opened ahead at a time for each pool that rotates, so that it has the next one at"
                    + " once; 0: none.");
    public static final Key<Duration> HEALTH_INTERVAL = Key.ofDatabase(
            "health.interval", Parsers.duration(MILLISECOND), "5s", "How often each endpoint is probed.");
    public static final Key<Duration> HEALTH_TIMEOUT = Key.ofDatabase(
            "health.timeout", Parsers.duration(MILLISECOND), "2s", "How long a probe may take before it has failed.");
    public static final Key<Integer> DEAD_AFTER = Key.ofDatabase(
            "dead.after",
            Parsers.wholeOrOff(1, 1000, 0),
            "3",
            "How many probes in a row must fail before connections in use on an endpoint are aborted.");
    public static final Key<Duration> FAILOVER_WAIT = Key.ofDatabase(
            "failover.wait",
            Parsers.durationOrOff(MILLISECOND),
            "30s",
            "How long after the last endpoint has failed a connect waits for one that serves, instead of failing; within its"
                    + " login timeout, and only where the database has served before.");
    public static final Key<OnError> ON_ERROR = Key.ofDatabase(
            "on-error",
            Parsers.oneOf(OnError.class),
            "pass",
            "What a fault of the agent does to a connect. `pass`: it goes on as without the agent; `fail`: SQLException.");
    public static final Key<Integer> STATUS_PORT = Key.ofAgent(
            "status.port",
            Parsers.wholeOrOff(0, 65535, null),
            "off",
            "The port of the status page, `/health`, `/status` and `/metrics`; 0: any that is free, which the log names.");
    public static final Key<String> STATUS_HOST = Key.ofAgent(
            "status.host",
            Parsers.host(),
            "127.0.0.1",
            "The address that the status port listens on: this machine alone, unless another is named (`0.0.0.0`: all).");
    public static final Key<HostPort> DNS_SERVER = Key.ofAgent(
            "dns.server",
            Parsers.address(),
            "(the platform's)",
            "The DNS server that is asked which RDS name an alias (CNAME) stands for, where `sign-for` does not say it.");
    public static final Key<Map<String, String>> DRIVERS = Key.ofAgent(
            "drivers",
            Parsers.names(),
            "(none)",
            "Drivers that a vendor has moved or renamed: `its.name=known.name`, each a package or a class, separated by"
                    + " commas.");
    public static final Key<Map<String, String>> POOL_TOO_OLD = Key.ofAgent(
            "pool.too-old",
            Parsers.methods(),
            "(none)",
            "For a pool that the agent does not know: `class#method`, separated by commas, each a method without arguments"
                    + " by which the pool asks its own object for a connection whether that is too old.");
    public static final Key<LogLevel> LOG_LEVEL =
            Key.ofAgent("log.level", Parsers.oneOf(LogLevel.class), "info", "How much the agent says.");
    public static final Key<File> LOG_FILE =
            Key.ofAgent("log.file", Parsers.pathOr("stderr"), "stderr", "Where the agent writes its lines.");

    public static final Key<LogFormat> LOG_FORMAT = Key.ofAgent(
            "log.format",
            Parsers.oneOf(LogFormat.class),
            "text",
            "Whether a line of the log is for a person, or, with `json`, an object for a program.");
    public static final Key<Long> LOG_FILE_SIZE = Key.ofAgent(
            "log.file.size",
            Sizes.least(1024),
            "10MB",
            "How large `log.file` grows before it is put aside as `log.file`.1, and that as .2.");
    public static final Key<Integer> LOG_FILE_COUNT = Key.ofAgent(
            "log.file.count",
            Parsers.whole(0, 1000),
            "5",
            "How many files are kept beside the one that is written; the oldest is deleted.");

    private static final List<Key<?>> ALL = Collections.unmodifiableList(Arrays.<Key<?>>asList(
            ENABLED,
            CONFIG,
            MATCH,
            IAM,
            USER,
            REGION,
            PROFILE,
            ROLE_ARN,
            EXTERNAL_ID,
            ENDPOINTS,
            DISCOVER,
            ROLE,
            BALANCE,
            ZONE,
            SIGN_FOR,
            TLS,
            TLS_CA,
            LIFETIME,
            LIFETIME_MARGIN,
            LIFETIME_JITTER,
            IDLE,
            CONNECT_RATE,
            SPARES,
            HEALTH_INTERVAL,
            HEALTH_TIMEOUT,
            DEAD_AFTER,
            FAILOVER_WAIT,
            ON_ERROR,
            STATUS_PORT,
            STATUS_HOST,
            DNS_SERVER,
            DRIVERS,
            POOL_TOO_OLD,
            LOG_LEVEL,
            LOG_FORMAT,
            LOG_FILE,
            LOG_FILE_SIZE,
            LOG_FILE_COUNT));

    private Keys() {}

    /** All of them, in the manual's order. */
    public static List<Key<?>> all() {
        return ALL;
    }
}
