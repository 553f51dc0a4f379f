package io.rdsagent.localrds;

import java.io.PrintWriter;

/** What a person needs to know to use the cluster, ready to copy. */
final class Summary {

    private final LocalRds rds;

    Summary(LocalRds rds) {
        this.rds = rds;
    }

    void print(PrintWriter out) {
        out.println("The cluster " + rds.database() + " runs: " + rds.kind().product() + " " + version() + ", "
                + rds.nodes().size() + " nodes, IAM user " + rds.user() + ".");
        out.println();
        out.println("  writer    " + rds.clusterHost() + ":" + rds.port());
        out.println("  readers   " + rds.readerHost() + ":" + rds.port());
        rds.nodes()
                .forEach(node ->
                        out.println("  instance  " + node.host() + ":" + node.port() + "  (" + node.address() + ")"));
        out.println();
        out.println("  CA        " + rds.caFile());
        out.println("  hosts     " + rds.hostsFile());
        out.println("  JDBC URL  " + url());
        out.println("  admin     " + rds.adminUrl(rds.writer()));
        out.println();
        out.println("In another terminal, with keys that open nothing but this cluster:");
        out.println();
        rds.environment().forEach((name, value) -> out.println("  export " + name + "='" + value + "'"));
        out.println("  java -Djdk.net.hosts.file=" + rds.hostsFile() + " -Dsun.net.inetaddr.ttl=0 \\");
        out.println("       -javaagent:rds-jdbc-agent.jar -Drdsagent.tls.ca=" + rds.caFile() + " \\");
        out.println("       -jar YOUR-APPLICATION.jar");
        out.println();
    }

    private String url() {
        return rds.kind().jdbcUrl(rds.clusterHost(), rds.port(), rds.database()) + "?user=" + rds.user();
    }

    private String version() {
        return rds.admin(rds.writer(), rds.kind().versionSql()).get(0).get(0);
    }
}
