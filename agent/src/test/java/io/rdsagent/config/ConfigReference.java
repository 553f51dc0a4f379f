package io.rdsagent.config;

import java.util.Collections;
import java.util.Map;

/** Renders the manual's page on configuration from {@link Keys} and from what {@link Config} really says. */
final class ConfigReference {
    private final StringBuilder page = new StringBuilder();

    private ConfigReference() {}

    static String render() {
        ConfigReference reference = new ConfigReference();
        reference.ways();
        reference.keys();
        reference.values();
        reference.oneDatabase();
        reference.messages();
        return reference.page.toString();
    }

    private void ways() {
        lines(
                "# Configuration",
                "",
                "<!-- Rendered from the code by ConfigReference; a test fails when this page and the code differ. -->",
                "",
                "Without any setting the agent gives IAM logins to every RDS and Aurora host whose connection has no password.",
                "Each setting has one name, its key, and four places where it can be given. They are looked at in this order,",
                "and the first one that names a key wins:",
                "",
                "| place | spelling | example |",
                "|---|---|---|",
                "| 1. system property | `rdsagent.` before the key | `-Drdsagent.lifetime.margin=90s` |",
                "| 2. environment | `RDSAGENT_` before the key, in upper case, `_` for `.` and `-` |"
                        + " `RDSAGENT_LIFETIME_MARGIN=90s` |",
                "| 3. agent argument | the key, pairs separated by `;` |"
                        + " `-javaagent:rds-jdbc-agent.jar=lifetime.margin=90s;region=eu-west-1` |",
                "| 4. file | the key, a line each | `lifetime.margin=90s` |",
                "",
                "The file is a Java Properties file in UTF-8, in which a backslash is written `\\\\`. The key `config` names it"
                        + " (`-Drdsagent.config=/etc/rds-agent.properties`).",
                "An agent argument without `=` is the path of such a file, too"
                        + " (`-javaagent:rds-jdbc-agent.jar=/etc/rds-agent.properties`).",
                "An empty value counts as not given.");
    }

    private void keys() {
        lines("", "## Keys", "", "| key | default | value | meaning |", "|---|---|---|---|");
        for (Key<?> key : Keys.all()) {
            String words = key.defaultText();
            String defaultCell = words.startsWith("(") ? words.substring(1, words.length() - 1) : "`" + words + "`";
            lines("| `" + key.name() + "` | " + defaultCell + " | " + key.kind() + " | " + key.meaning() + notes(key)
                    + " |");
        }
    }

    private static String notes(Key<?> key) {
        return (key.scope() == Key.Scope.AGENT ? " For the whole agent." : "")
                + (key.inEffect() ? "" : " **No effect in this version.**");
    }

    private void values() {
        lines(
                "",
                "## How values are written",
                "",
                "| value | written |",
                "|---|---|",
                "| duration | `500ms`, `5s`, `15m`, `2h`, `90` (seconds), `PT5M` |",
                "| percentage | `10%`, `2.5%` |",
                "| rate | `20/s`, `100/m` |",
                "| host globs | `*` for any characters, `?` for one, an optional port (`*`: any), in any case, separated by"
                        + " commas: `*.rds.amazonaws.com*`, `db.local:5433`, `127.0.0.11:*`, `[::1]:5432` |",
                "| addresses | `host:port`, IPv6 in brackets: `[::1]:5432`; separated by commas where there may be several |",
                "| pairs of names | `com.vendor.pg=org.postgresql`; the name that the classes have, then the one that the agent"
                        + " knows them by; packages with all below them, or a class alone |",
                "| true or false | `true`, `yes`, `on`, `1`; `false`, `no`, `off`, `0` |");
    }

    private void oneDatabase() {
        lines(
                "",
                "## One database",
                "",
                "With `db.NAME.` before it, a key is for one database; without, it is the default for all. NAME is yours to"
                        + " choose: letters, digits, `-`, `_` and `.`,",
                "of which the last three mean the same, as do capitals and small letters.",
                "",
                "    region=eu-west-1",
                "    db.orders.match=orders.cluster-*.eu-west-1.rds.amazonaws.com",
                "    db.orders.user=orders_app",
                "    db.orders.lifetime=10m",
                "    db.reports.match=localhost:15432",
                "    db.reports.sign-for=reports.abc.eu-west-1.rds.amazonaws.com:5432",
                "    db.reports.role=reader",
                "",
                "In the environment: `RDSAGENT_DB_ORDERS_LIFETIME=10m`.",
                "",
                "A database without a `match` of its own answers to its own `endpoints` and `sign-for`. A host that several"
                        + " databases match belongs to the one that names it",
                "most exactly: a host before a glob, with a port before without, and every named database before the settings"
                        + " for all.");
    }

    private void messages() {
        lines(
                "",
                "## Messages",
                "",
                "Nothing in the configuration can stop the application. Each mistake is one line at start, which says what is"
                        + " wrong, what the agent does instead and what would be right.",
                "Values that look like a secret are not shown.",
                "",
                "| given | said |",
                "|---|---|");
        message("lifetme=10m");
        message("idle=soon");
        message("user=app;region");
        message("db.orders.user=app");
        message("db.orders.log.level=debug");
        message("db.a.match=*.local;db.b.match=db.*");
        message("lifetime=30s");
        message("config=missing.properties");
        message("tls.ca=missing.pem");
        message("status.port=8080");
    }

    private void message(String argument) {
        Map<String, String> nothing = Collections.emptyMap();
        for (String problem : Config.read(nothing, nothing, argument).problems()) {
            lines("| `" + argument + "` | " + problem.replace("*", "\\*").replace("|", "\\|") + " |");
        }
    }

    private void lines(String... lines) {
        for (String line : lines) {
            page.append(line).append('\n');
        }
    }
}
