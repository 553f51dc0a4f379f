package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Member;
import io.rdsagent.endpoint.TopologyException;
import io.rdsagent.endpoint.TopologySource;
import io.rdsagent.endpoint.View;
import io.rdsagent.token.Identity;
import io.rdsagent.token.RdsAnswer;
import io.rdsagent.token.RdsApi;
import io.rdsagent.token.RdsApiException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks the RDS API for one cluster: the roles by DescribeDBClusters, the addresses by DescribeDBInstances. The API limits how
 * often a whole account may ask, so an answer serves for a while, and a refusal for longer and longer.
 */
final class AwsTopology implements TopologySource {

    /** An answer serves for so long, whoever asks. */
    private static final long SERVES_MILLIS = 2000;

    private static final long LONGEST_PAUSE_MILLIS = 120_000;
    private static final String MOST_A_PAGE = "100";
    private static final int MOST_PAGES = 20;

    /** What has no address yet, or none for long. */
    private static final List<String> NOT_THERE =
            Arrays.asList("creating", "deleting", "failed", "stopped", "stopping");

    private final RdsApi api;
    private final Identity identity;
    private final String region;
    private final String cluster;
    private final Clock clock;

    private View last;
    private TopologyException failed;
    private long notBefore = Long.MIN_VALUE;
    private long pause = SERVES_MILLIS;

    AwsTopology(RdsApi api, Identity identity, String region, String cluster, Clock clock) {
        this.api = api;
        this.identity = identity;
        this.region = region;
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    public synchronized View ask(Endpoint where) throws TopologyException {
        long now = clock.millis();
        if (now < notBefore) {
            if (failed != null) {
                throw failed;
            }
            return last;
        }
        try {
            last = describe();
            failed = null;
            pause = SERVES_MILLIS;
            notBefore = now + SERVES_MILLIS;
            return last;
        } catch (RdsApiException refused) {
            failed = explained(refused);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            // Whoever was throttled together doesn't come back together.
            notBefore = now + pause + ThreadLocalRandom.current().nextLong(pause / 2);
            throw failed;
        } catch (RuntimeException unreadable) {
            throw TopologyException.unanswered(unreadable);
        }
    }

    private TopologyException explained(RdsApiException refused) {
        if (refused.isDenied()) {
            return TopologyException.refused(
                    "The RDS API refuses to tell (" + refused.getMessage() + "). Allow " + identity
                            + " rds:DescribeDBClusters and rds:DescribeDBInstances, or set `discover`.",
                    refused);
        }
        if (refused.isUnknownCluster()) {
            return TopologyException.refused(
                    "The RDS API knows no cluster " + cluster + " in " + region + " (" + refused.getMessage()
                            + "). Name the cluster's own endpoint in the URL, check `region` and `profile`, or set"
                            + " `discover`.",
                    refused);
        }
        return TopologyException.unanswered(refused);
    }

    private View describe() {
        Map<String, Role> roles = roles();
        List<Member> members = new ArrayList<>();
        for (RdsAnswer instance : instances()) {
            Role role = roles.get(instance.text("DBInstanceIdentifier"));
            RdsAnswer endpoint = instance.one("Endpoint");
            if (role != null && endpoint != null && !NOT_THERE.contains(instance.text("DBInstanceStatus"))) {
                members.add(new Member(
                        HostPort.of(endpoint.text("Address"), Integer.parseInt(endpoint.text("Port"))),
                        role,
                        instance.text("AvailabilityZone")));
            }
        }
        if (members.isEmpty()) {
            throw new IllegalStateException("the RDS API names no instance of " + cluster);
        }
        return new View(members, null);
    }

    private Map<String, Role> roles() {
        Map<String, Role> roles = new HashMap<>();
        RdsAnswer answer = api.ask(identity, region, "DescribeDBClusters", parameters("DBClusterIdentifier", cluster));
        for (RdsAnswer found : answer.all("DBClusters", "DBCluster")) {
            for (RdsAnswer member : found.all("DBClusterMembers", "DBClusterMember")) {
                roles.put(
                        member.text("DBInstanceIdentifier"),
                        "true".equals(member.text("IsClusterWriter")) ? Role.WRITER : Role.READER);
            }
        }
        return roles;
    }

    private List<RdsAnswer> instances() {
        Map<String, String> parameters = parameters("Filters.Filter.1.Name", "db-cluster-id");
        parameters.put("Filters.Filter.1.Values.Value.1", cluster);
        parameters.put("MaxRecords", MOST_A_PAGE);
        List<RdsAnswer> instances = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            RdsAnswer answer = api.ask(identity, region, "DescribeDBInstances", parameters);
            instances.addAll(answer.all("DBInstances", "DBInstance"));
            String marker = answer.text("Marker");
            if (marker == null || marker.isEmpty()) {
                break;
            }
            parameters.put("Marker", marker);
        }
        return instances;
    }

    private static Map<String, String> parameters(String name, String value) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(name, value);
        return parameters;
    }

    @Override
    public String toString() {
        return "DescribeDBClusters";
    }
}
