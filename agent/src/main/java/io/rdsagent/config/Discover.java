package io.rdsagent.config;

/** Where the list of a database's endpoints comes from. */
public enum Discover {
    AUTO,
    /** SQL on the database itself. */
    TOPOLOGY,
    /** {@code DescribeDBClusters}. */
    AWS,
    DNS,
    NONE
}
