package io.rdsagent.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a {@link Config} of texts. */
final class Assembly {
    private final Map<String, Map<Key<?>, Assigned>> found;
    private final Problems problems;
    private final Values forAll;
    private final List<DatabaseConfig> databases = new ArrayList<>();
    private final List<Setting> settings = new ArrayList<>();

    Assembly(Map<String, Map<Key<?>, Assigned>> found, Problems problems) {
        this.found = found;
        this.problems = problems;
        this.forAll = new Values(parse(found.get("")), null);
    }

    Config config() {
        Duration margin = margin("", forAll);
        for (Key<?> key : Keys.all()) {
            settings.add(setting(key, margin));
        }
        for (String name : found.keySet()) {
            if (!name.isEmpty()) {
                addNamed(name);
            }
        }
        reportClashes();
        databases.add(new DatabaseConfig(DatabaseConfig.DEFAULT, forAll.get(Keys.MATCH), margin, forAll));
        return new Config(
                forAll,
                Collections.unmodifiableList(databases),
                Collections.unmodifiableList(settings),
                problems.lines());
    }

    private Setting setting(Key<?> key, Duration margin) {
        if (key == Keys.LIFETIME_MARGIN && !margin.equals(forAll.get(Keys.LIFETIME_MARGIN))) {
            return tenth("", margin);
        }
        Assigned given = found.get("").get(key);
        return given == null ? new Setting(key.name(), key.defaultText(), "default") : given.setting();
    }

    private static Setting tenth(String database, Duration margin) {
        String name = Spelling.canonical(database, Keys.LIFETIME_MARGIN);
        return new Setting(name, Durations.format(margin), "a tenth of the lifetime");
    }

    private void addNamed(String name) {
        Map<Key<?>, Assigned> given = found.get(name);
        Values values = new Values(parse(given), forAll);
        HostPatterns hosts = hosts(values);
        if (hosts == null) {
            problems.noHosts(name);
            return;
        }
        Duration margin = margin(name, values);
        databases.add(new DatabaseConfig(name, hosts, margin, values));
        boolean shortened = !margin.equals(values.get(Keys.LIFETIME_MARGIN));
        for (Assigned assigned : given.values()) {
            if (assigned.key() != Keys.LIFETIME_MARGIN || !shortened) {
                settings.add(assigned.setting());
            }
        }
        if (shortened) {
            settings.add(tenth(name, margin));
        }
    }

    /** What could be parsed; what could not is said, and forgotten in the given map too. */
    private Map<Key<?>, Object> parse(Map<Key<?>, Assigned> given) {
        Map<Key<?>, Object> parsed = new HashMap<>();
        for (Assigned assigned : new ArrayList<>(given.values())) {
            try {
                parsed.put(assigned.key(), assigned.key().parse(assigned.text()));
            } catch (IllegalArgumentException e) {
                given.remove(assigned.key());
                problems.badValue(assigned, instead(assigned, given));
            }
        }
        return parsed;
    }

    private String instead(Assigned wrong, Map<Key<?>, Assigned> given) {
        boolean ofDatabase = given != found.get("");
        if (ofDatabase && wrong.key() == Keys.MATCH) {
            return "the hosts of its own endpoints and sign-for are used";
        }
        Assigned general = ofDatabase ? found.get("").get(wrong.key()) : null;
        return general == null
                ? "the default " + wrong.key().defaultText() + " is used"
                : Shown.value(general.text()) + " is used, as for all databases";
    }

    /** A named database never takes the general match: it would then be the default one by another name. */
    private static HostPatterns hosts(Values values) {
        HostPatterns match = values.own(Keys.MATCH);
        if (match != null) {
            return match;
        }
        List<HostPort> own = new ArrayList<>();
        List<EndpointSpec> endpoints = values.own(Keys.ENDPOINTS);
        if (endpoints != null) {
            for (EndpointSpec endpoint : endpoints) {
                own.add(endpoint.address());
            }
        }
        List<HostPort> signFor = values.own(Keys.SIGN_FOR);
        if (signFor != null) {
            own.addAll(signFor);
        }
        return own.isEmpty() ? null : HostPatterns.exactly(own);
    }

    private Duration margin(String database, Values values) {
        Duration margin = values.get(Keys.LIFETIME_MARGIN);
        Duration lifetime = values.get(Keys.LIFETIME).duration();
        if (lifetime == null || margin.compareTo(lifetime) < 0) {
            return margin;
        }
        Duration tenth = lifetime.dividedBy(10);
        boolean inherited =
                !database.isEmpty() && values.own(Keys.LIFETIME) == null && values.own(Keys.LIFETIME_MARGIN) == null;
        if (!inherited) {
            problems.marginTooLong(
                    Spelling.canonical(database, Keys.LIFETIME_MARGIN) + " of " + Durations.format(margin),
                    Spelling.canonical(database, Keys.LIFETIME) + " of " + Durations.format(lifetime),
                    Durations.format(tenth));
        }
        return tenth;
    }

    private void reportClashes() {
        for (int i = 0; i < databases.size(); i++) {
            for (int j = i + 1; j < databases.size(); j++) {
                DatabaseConfig first = databases.get(i);
                DatabaseConfig second = databases.get(j);
                HostPattern pattern = first.hosts().clashWith(second.hosts());
                if (pattern != null) {
                    problems.clash(first.name(), second.name(), pattern);
                }
            }
        }
    }
}
