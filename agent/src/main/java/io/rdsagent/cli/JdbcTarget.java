package io.rdsagent.cli;

import io.rdsagent.config.HostPort;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Dialects;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JDBC URL leads to, read without its driver: the plain forms, with one or more hosts. */
final class JdbcTarget {

    private static final Pattern URL =
            Pattern.compile("jdbc:(?:aws-wrapper:)?(postgresql|mysql|mariadb)://([^/?]+)(?:/([^?]*))?(?:\\?(.*))?");
    private static final int POSTGRES_PORT = 5432;
    private static final int MYSQL_PORT = 3306;

    private final String scheme;
    private final List<HostPort> hosts;
    private final String database;
    private final String user;

    private JdbcTarget(String scheme, List<HostPort> hosts, String database, String user) {
        this.scheme = scheme;
        this.hosts = hosts;
        this.database = database;
        this.user = user;
    }

    /** @throws Failure when it is of another form */
    static JdbcTarget parse(String url) throws Failure {
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || parts.group(2).contains("@") || parts.group(2).contains("(")) {
            throw new Failure(
                    Exit.USAGE,
                    "This is no URL that can be read here. Right would be jdbc:postgresql://HOST:PORT/DATABASE, or the same"
                            + " with mysql or mariadb; of other forms give the host that is dialled.");
        }
        String scheme = parts.group(1);
        List<HostPort> hosts = new ArrayList<>();
        for (String host : parts.group(2).split(",")) {
            hosts.add(host(host, scheme.equals("postgresql") ? POSTGRES_PORT : MYSQL_PORT));
        }
        return new JdbcTarget(scheme, hosts, decoded(parts.group(3)), parameter(parts.group(4), "user"));
    }

    private static HostPort host(String text, int port) throws Failure {
        try {
            return HostPort.parse(text, port);
        } catch (IllegalArgumentException noHost) {
            throw new Failure(Exit.USAGE, "`" + text + "` in the URL is no HOST:PORT.");
        }
    }

    private static String parameter(String query, String name) {
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return decoded(pair.substring(name.length() + 1));
            }
        }
        return null;
    }

    private static String decoded(String text) {
        try {
            return text == null ? "" : URLDecoder.decode(text, "UTF-8");
        } catch (UnsupportedEncodingException | IllegalArgumentException asItIs) {
            return text;
        }
    }

    boolean isPostgres() {
        return scheme.equals("postgresql");
    }

    Dialect dialect() {
        return Dialects.ofScheme(scheme);
    }

    List<HostPort> hosts() {
        return hosts;
    }

    /** Empty when it names none. */
    String database() {
        return database;
    }

    /** Null when it names none. */
    String user() {
        return user;
    }
}
