package io.rdsagent.localrds;

/** Which database serves. */
public enum Engine {
    /** As Aurora PostgreSQL: streaming replication and Aurora's SQL functions. */
    POSTGRES,
    /** As RDS for MySQL: replication by GTID, logins through a gate. */
    MYSQL,
    /** As RDS for MariaDB: replication by GTID, logins through a gate. */
    MARIADB
}
