package io.rdsagent.config;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that was given, from every place; of two texts for one key the one that was found first. */
final class Sources {
    private final Problems problems;
    /** By database in the order of names; the empty name is for what concerns all of them. */
    private final Map<String, Map<Key<?>, Assigned>> found = new TreeMap<>();

    private Sources(Problems problems) {
        this.problems = problems;
        found.put("", new LinkedHashMap<>());
    }

    static Map<String, Map<Key<?>, Assigned>> read(
            Map<String, String> systemProperties, Map<String, String> environment, String argument, Problems problems) {
        Sources sources = new Sources(problems);
        sources.systemProperties(systemProperties);
        sources.environment(environment);
        sources.argument(argument == null ? "" : argument.trim());
        sources.namedFile();
        return Collections.unmodifiableMap(sources.found);
    }

    private void systemProperties(Map<String, String> properties) {
        for (Map.Entry<String, String> entry :
                withPrefix(properties, Spelling.PROPERTY_PREFIX).entrySet()) {
            String spelled = entry.getKey().substring(Spelling.PROPERTY_PREFIX.length());
            take(Origin.systemProperty(entry.getKey()), spelled, entry.getValue());
        }
    }

    private void environment(Map<String, String> variables) {
        for (Map.Entry<String, String> entry :
                withPrefix(variables, Spelling.ENVIRONMENT_PREFIX).entrySet()) {
            String spelled = entry.getKey().substring(Spelling.ENVIRONMENT_PREFIX.length());
            take(Origin.environment(entry.getKey()), spelled, entry.getValue());
        }
    }

    /** Sorted, so that what is said does not depend on a hash. */
    private static Map<String, String> withPrefix(Map<String, String> all, String prefix) {
        Map<String, String> ours = new TreeMap<>();
        for (Map.Entry<String, String> entry : all.entrySet()) {
            if (entry.getKey() != null
                    && entry.getValue() != null
                    && entry.getKey().startsWith(prefix)) {
                ours.put(entry.getKey(), entry.getValue());
            }
        }
        return ours;
    }

    private void argument(String argument) {
        if (argument.isEmpty()) {
            return;
        }
        if (argument.indexOf('=') < 0) {
            file(new File(argument), Origin.agentArgument().toString());
            return;
        }
        List<String> parts = Lists.parts(argument, ';');
        for (int i = 0; i < parts.size(); i++) {
            pair(parts.get(i), i + 1);
        }
    }

    private void pair(String part, int position) {
        int equals = part.indexOf('=');
        if (equals >= 0) {
            String key = part.substring(0, equals).trim();
            boolean prefixed = key.startsWith(Spelling.PROPERTY_PREFIX);
            String spelled = prefixed ? key.substring(Spelling.PROPERTY_PREFIX.length()) : key;
            take(Origin.agentArgument(), spelled, part.substring(equals + 1));
        } else if (!part.isEmpty()) {
            problems.notAPair(position);
        }
    }

    private void namedFile() {
        Assigned named = found.get("").get(Keys.CONFIG);
        if (named != null) {
            file(new File(named.text()), named.origin().toString());
        }
    }

    private void file(File file, String namedBy) {
        try {
            SettingsFile settings = SettingsFile.read(file, problems);
            for (Map.Entry<String, String> entry : settings.texts().entrySet()) {
                take(settings.origin(entry.getKey()), entry.getKey(), entry.getValue());
            }
        } catch (IOException | SecurityException e) {
            problems.unreadable(file, String.valueOf(e.getMessage()), namedBy);
        }
    }

    private void take(Origin origin, String spelled, String text) {
        Spelling spelling = Spelling.of(spelled, origin.isEnvironment());
        if (spelling == null) {
            problems.unknownKey(origin, spelled);
        } else if (!spelling.database().isEmpty() && spelling.key().scope() == Key.Scope.AGENT) {
            problems.notOfOneDatabase(origin, spelling);
        } else if (spelling.key() == Keys.CONFIG && origin.isFile()) {
            problems.fileInFile(origin);
        } else if (!text.trim().isEmpty()) {
            // An empty text is what a template leaves behind for a value that nobody gave: as if it were not there.
            ofDatabase(spelling.database()).putIfAbsent(spelling.key(), new Assigned(spelling, text.trim(), origin));
        }
    }

    /** Without a lambda: the first one in a JVM costs the application's start several milliseconds. */
    private Map<Key<?>, Assigned> ofDatabase(String name) {
        Map<Key<?>, Assigned> given = found.get(name);
        if (given == null) {
            given = new LinkedHashMap<>();
            found.put(name, given);
        }
        return given;
    }
}
