package io.rdsagent.localrds;

import java.util.ArrayList;
import java.util.List;

/** The SQL that MySQL and MariaDB share. */
final class MysqlSql {

    /** As on RDS; unlike the administrator it is sent away from a server that goes offline. */
    static final String REPLICATION_USER = "rdsrepladmin";

    private MysqlSql() {}

    static String user(String name) {
        return "'" + name.replace("\\", "\\\\").replace("'", "''") + "'@'%'";
    }

    static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    /** Everything that is in the database at first, one statement a line. */
    static List<String> content(
            MysqlFlavour flavour, ServerKind.Content content, String adminPassword, String iamPassword) {
        List<String> sql = new ArrayList<>();
        String admin = user(AdminClient.USER);
        sql.add("CREATE USER " + admin + " " + flavour.identifiedBy(adminPassword) + ";");
        sql.add("GRANT ALL ON *.* TO " + admin + " WITH GRANT OPTION;");
        sql.add("CREATE USER " + user(REPLICATION_USER) + " " + flavour.identifiedBy(adminPassword) + ";");
        sql.add("GRANT REPLICATION SLAVE ON *.* TO " + user(REPLICATION_USER) + ";");
        sql.add("CREATE DATABASE " + quote(content.database()) + ";");
        for (String name : content.users()) {
            sql.add("CREATE USER " + user(name) + " " + flavour.identifiedBy(iamPassword) + ";");
            sql.add("GRANT ALL ON " + quote(content.database()) + ".* TO " + user(name) + ";");
        }
        if (content.topology()) {
            sql.addAll(flavour.topology(content.sites(), content.users()));
        }
        return sql;
    }
}
