package io.rdsagent.localrds;

import java.util.List;
import java.util.Set;

/**
 * The DNS names of one cluster, as RDS forms them.
 *
 * @param cluster the cluster's identifier, as in {@code orders}
 * @param region as in {@code eu-west-1}
 */
record ClusterNames(String cluster, String region) {

    private static final String ACCOUNT_ID = "abc123xyz";

    String node(int index) {
        return cluster + "-" + index;
    }

    String instanceHost(String node) {
        return node + "." + ACCOUNT_ID + domain();
    }

    String writerHost() {
        return cluster + ".cluster-" + ACCOUNT_ID + domain();
    }

    String readerHost() {
        return cluster + ".cluster-ro-" + ACCOUNT_ID + domain();
    }

    private String domain() {
        return "." + region + (region.startsWith("cn-") ? ".rds.amazonaws.com.cn" : ".rds.amazonaws.com");
    }

    /** The names that a node's certificate holds and that a token for it may be signed for. */
    List<String> certified(String node) {
        return List.of(instanceHost(node), writerHost(), readerHost());
    }

    Set<String> answeredBy(String node) {
        return Set.copyOf(certified(node));
    }
}
