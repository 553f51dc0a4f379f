package io.rdsagent.launcher;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The setting {@code drivers}, that the door has to know before there is a core to ask: other names of known classes.
 * Looked for where the core looks, in the same order.
 */
final class Drivers {

    private static final String KEY = "drivers";
    private static final String PREFIX = "rdsagent.";
    private static final long LARGEST_FILE = 1 << 20;

    private final String argument;

    Drivers(String argument) {
        this.argument = argument == null ? "" : argument;
    }

    /** The class names, as the JVM spells them, that open the gate beside those of the table. */
    List<String> names() {
        List<String> names = new ArrayList<String>();
        String text = setting(KEY, "RDSAGENT_DRIVERS");
        if (text == null) {
            text = inFile();
        }
        if (text == null) {
            return names;
        }
        for (String entry : text.split(",")) {
            int before = names.size();
            add(entry.trim().split("\\s*=\\s*", -1), names);
            if (names.size() == before) {
                Agent.say("can't use \"" + entry.trim() + "\" of `drivers` and ignores it. Right would be"
                        + " its.name=known.name, where the known one is a class or package that the agent changes: "
                        + "org.postgresql, com.mysql.cj, org.mariadb.jdbc.");
            }
        }
        return names;
    }

    private static void add(String[] names, List<String> into) {
        if (names.length != 2 || names[0].isEmpty() || names[1].isEmpty()) {
            return;
        }
        String own = names[0].replace('.', '/');
        String known = names[1].replace('.', '/');
        for (String name : Names.ALL) {
            if (name.equals(known) || name.startsWith(known + "/")) {
                into.add(own + name.substring(known.length()));
            }
        }
    }

    private String setting(String key, String variable) {
        String text = given(System.getProperty(PREFIX + key));
        if (text == null) {
            text = given(System.getenv(variable));
        }
        return text == null ? inArgument(key) : text;
    }

    private String inArgument(String key) {
        for (String pair : argument.split(";")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).trim();
            if (name.equals(key) || name.equals(PREFIX + key)) {
                return given(pair.substring(equals + 1));
            }
        }
        return null;
    }

    private String inFile() {
        boolean isFile = argument.indexOf('=') < 0 && !argument.trim().isEmpty();
        String path = isFile ? argument.trim() : setting("config", "RDSAGENT_CONFIG");
        return path == null ? null : read(new File(path));
    }

    /** What is wrong with the file is for the core to say. */
    private static String read(File file) {
        if (!file.isFile() || file.length() > LARGEST_FILE) {
            return null;
        }
        Properties settings = new Properties();
        try {
            Reader in = new InputStreamReader(new FileInputStream(file), "UTF-8");
            try {
                settings.load(in);
            } finally {
                in.close();
            }
        } catch (IOException unreadable) {
            return null;
        } catch (IllegalArgumentException notAnEscape) {
            return null;
        }
        String text = given(settings.getProperty(KEY));
        return text == null ? given(settings.getProperty(PREFIX + KEY)) : text;
    }

    /** What a template leaves behind for a value that nobody gave is none. */
    private static String given(String text) {
        return text == null || text.trim().isEmpty() ? null : text.trim();
    }
}
