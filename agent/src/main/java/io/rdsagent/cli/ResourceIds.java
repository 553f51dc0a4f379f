package io.rdsagent.cli;

import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.token.RdsAnswer;
import io.rdsagent.token.RdsApi;
import io.rdsagent.token.RdsApiException;
import io.rdsagent.token.TokenRequest;
import java.util.Collections;

/**
 * Asks AWS for the resource id of what a host name leads to. An instance of a cluster has one of its own, but a policy wants
 * the cluster's.
 */
final class ResourceIds {

    private static final String ASK_YOURSELF = " Or give --resource-id; the console shows the id under Configuration.";

    private final RdsApi api;

    ResourceIds(RdsApi api) {
        this.api = api;
    }

    /** @throws Failure if it can't be known, with what to do instead */
    String of(TokenRequest request) throws Failure {
        RdsHostName name = RdsHostName.parse(request.host());
        if (name == null) {
            throw new Failure(
                    Exit.USAGE,
                    request.host() + " is no name of RDS's, so AWS can't be asked for its resource id. Name the RDS"
                            + " endpoint behind it by --set sign-for=HOST:PORT." + ASK_YOURSELF);
        }
        try {
            String id = of(name, request);
            if (id == null) {
                throw new Failure(
                        Exit.NOT_WELL,
                        "AWS names no resource id of " + name + ". Name an endpoint of the cluster, instance or proxy"
                                + " itself." + ASK_YOURSELF);
            }
            return id;
        } catch (RdsApiException refused) {
            throw new Failure(Exit.NOT_WELL, why(refused, name, request) + ASK_YOURSELF);
        }
    }

    /** Null for what has none that could be asked for: a custom endpoint, a shard group. */
    private String of(RdsHostName name, TokenRequest request) {
        switch (name.kind()) {
            case CLUSTER_WRITER:
            case CLUSTER_READER:
                return cluster(name.identifier(), request);
            case INSTANCE:
                return instance(name.identifier(), request);
            case PROXY:
                return name.host().contains(".endpoint.")
                        ? proxy(proxyOfEndpoint(name.identifier(), request), request)
                        : proxy(name.identifier(), request);
            default:
                return null;
        }
    }

    private String cluster(String identifier, TokenRequest request) {
        for (RdsAnswer cluster : ask(request, "DescribeDBClusters", "DBClusterIdentifier", identifier)
                .all("DBClusters", "DBCluster")) {
            return cluster.text("DbClusterResourceId");
        }
        return null;
    }

    private String instance(String identifier, TokenRequest request) {
        for (RdsAnswer instance : ask(request, "DescribeDBInstances", "DBInstanceIdentifier", identifier)
                .all("DBInstances", "DBInstance")) {
            String cluster = instance.text("DBClusterIdentifier");
            return cluster == null || cluster.isEmpty() ? instance.text("DbiResourceId") : cluster(cluster, request);
        }
        return null;
    }

    private String proxyOfEndpoint(String endpoint, TokenRequest request) {
        for (RdsAnswer found : ask(request, "DescribeDBProxyEndpoints", "DBProxyEndpointName", endpoint)
                .all("DBProxyEndpoints", "member")) {
            return found.text("DBProxyName");
        }
        return endpoint;
    }

    /** The last part of its ARN. */
    private String proxy(String identifier, TokenRequest request) {
        for (RdsAnswer proxy :
                ask(request, "DescribeDBProxies", "DBProxyName", identifier).all("DBProxies", "member")) {
            String arn = proxy.text("DBProxyArn");
            return arn == null ? null : arn.substring(arn.lastIndexOf(':') + 1);
        }
        return null;
    }

    private RdsAnswer ask(TokenRequest request, String action, String parameter, String value) {
        return api.ask(request.identity(), request.region(), action, Collections.singletonMap(parameter, value));
    }

    private static String why(RdsApiException refused, RdsHostName name, TokenRequest request) {
        if (refused.isDenied()) {
            return "AWS refuses to tell the resource id of " + name + " (" + refused.getMessage() + "). Allow "
                    + request.identity() + " rds:" + action(name) + ", or ask as somebody who may.";
        }
        if (refused.isUnknown()) {
            return "AWS knows no " + name.identifier() + " in " + request.region() + " (" + refused.getMessage()
                    + "). Check the URL, --region and --profile: whose account is it?";
        }
        return "AWS could not be asked for the resource id of " + name + " (" + refused.getMessage() + ").";
    }

    private static String action(RdsHostName name) {
        switch (name.kind()) {
            case INSTANCE:
                return "DescribeDBInstances and rds:DescribeDBClusters";
            case PROXY:
                return "DescribeDBProxies and rds:DescribeDBProxyEndpoints";
            default:
                return "DescribeDBClusters";
        }
    }
}
