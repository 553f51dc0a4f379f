package io.rdsagent.localrds;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Aurora's own functions, made from what PostgreSQL knows of replication. They are right on every node and through a
 * promotion: who is the writer is asked from the server itself (not in recovery) or from whom it follows; which instances there
 * are is read from a file that every node can read at any time, also while no writer lives.
 */
final class PostgresSql {

    private PostgresSql() {}

    static String functions(Path instancesFile) {
        return """
                CREATE FUNCTION pg_catalog.aurora_version() RETURNS text LANGUAGE sql STABLE
                AS $$ SELECT split_part(current_setting('server_version'), ' ', 1) $$;

                CREATE FUNCTION pg_catalog.aurora_db_instance_identifier() RETURNS text LANGUAGE sql STABLE
                AS $$ SELECT current_setting('cluster_name') $$;

                CREATE FUNCTION pg_catalog.aurora_replica_status() RETURNS TABLE (
                    server_id text, session_id text, durable_lsn bigint, highest_lsn_rcvd bigint,
                    current_read_lsn bigint, is_current boolean, last_update_timestamp timestamptz,
                    replica_lag_in_msec double precision, cpu double precision)
                LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
                    WITH instance AS (
                        SELECT split_part(line, '|', 1) AS id, split_part(line, '|', 2) AS address,
                               nullif(split_part(line, '|', 3), '')::timestamptz AS gone
                        FROM regexp_split_to_table(pg_read_file('%s'), E'\\n') AS line WHERE line <> ''),
                    master AS (
                        SELECT CASE WHEN pg_is_in_recovery()
                            THEN (SELECT id FROM instance
                                  WHERE address = substring(current_setting('primary_conninfo') FROM 'host=([0-9.]+)'))
                            ELSE current_setting('cluster_name') END AS id),
                    position AS (
                        SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                               ELSE pg_current_wal_lsn() END - '0/0'::pg_lsn AS received,
                               CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                               ELSE pg_current_wal_lsn() END - '0/0'::pg_lsn AS read)
                    SELECT i.id,
                           CASE WHEN i.id = m.id THEN 'MASTER_SESSION_ID' ELSE md5(i.id)::uuid::text END,
                           CASE WHEN i.id = m.id THEN p.received::bigint END,
                           coalesce(r.flush_lsn - '0/0'::pg_lsn, p.received)::bigint,
                           coalesce(r.replay_lsn - '0/0'::pg_lsn, p.read)::bigint,
                           i.gone IS NULL,
                           coalesce(i.gone, clock_timestamp()),
                           CASE WHEN i.id = m.id THEN NULL
                                ELSE coalesce(extract(epoch FROM r.replay_lag) * 1000, 0)::double precision END,
                           0::double precision
                    FROM instance i CROSS JOIN master m CROSS JOIN position p
                    LEFT JOIN pg_stat_replication r ON r.application_name = i.id
                $$;
                """.formatted(instancesFile.toString().replace("'", "''"));
    }

    /** The extension {@code rds_tools} of a Multi-AZ DB cluster: who is the writer is asked as by {@link #functions}. */
    static String multiAz(Path instancesFile, List<ServerKind.Site> sites) {
        String instances = sites.stream()
                .map(site -> "('db-" + site.name() + "', '" + site.host() + "', "
                        + site.client().getPort() + ")")
                .collect(Collectors.joining(", "));
        return """
                CREATE SCHEMA rds_tools;

                CREATE FUNCTION rds_tools.show_topology(client text DEFAULT NULL)
                    RETURNS TABLE (id text, endpoint text, port integer)
                LANGUAGE sql STABLE AS $$ SELECT * FROM (VALUES %s) AS instance $$;

                CREATE FUNCTION rds_tools.dbi_resource_id() RETURNS TABLE (dbi_resource_id text)
                LANGUAGE sql STABLE AS $$ SELECT 'db-' || current_setting('cluster_name') $$;

                CREATE FUNCTION rds_tools.multi_az_db_cluster_source_dbi_resource_id()
                    RETURNS TABLE (multi_az_db_cluster_source_dbi_resource_id text)
                LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
                    SELECT 'db-' || CASE WHEN pg_is_in_recovery()
                        THEN (SELECT split_part(line, '|', 1)
                              FROM regexp_split_to_table(pg_read_file('%s'), E'\\n') AS line
                              WHERE split_part(line, '|', 2)
                                  = substring(current_setting('primary_conninfo') FROM 'host=([0-9.]+)'))
                        ELSE current_setting('cluster_name') END
                $$;
                """.formatted(instances, instancesFile.toString().replace("'", "''"));
    }

    /** A user who logs in with tokens alone, made by the statement that RDS wants too. */
    static String iamUser(String user) {
        return "CREATE ROLE " + quote(user) + " LOGIN; GRANT rds_iam TO " + quote(user) + ";";
    }

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
