package io.rdsagent.config;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** A Properties file in UTF-8, read so that each key knows its line. */
final class SettingsFile {
    private static final long LARGEST = 1 << 20;

    private final File file;
    private final Problems problems;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Origin> origins = new LinkedHashMap<>();

    private SettingsFile(File file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads the whole file.
     *
     * @throws IOException with a reason that ends "cannot be read: …"
     */
    static SettingsFile read(File file, Problems problems) throws IOException {
        SettingsFile settings = new SettingsFile(file, problems);
        if (!file.isFile()) {
            throw new IOException(file.exists() ? "it is not a file" : "there is no such file");
        }
        if (file.length() > LARGEST) {
            throw new IOException("it is too large");
        }
        try (InputStream in = new FileInputStream(file);
                // A decoder of our own throws at what is not UTF-8, where a charset would put question marks
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
            settings.lines(lines);
        } catch (CharacterCodingException e) {
            throw new IOException("it is not in UTF-8", e);
        }
        return settings;
    }

    private void lines(BufferedReader lines) throws IOException {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int first = ++number;
            StringBuilder logical =
                    new StringBuilder(first == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line);
            while (!isComment(logical) && continues(line)) {
                line = lines.readLine();
                number++;
                logical.append('\n').append(line == null ? "" : line);
                if (line == null) {
                    break;
                }
            }
            take(logical.toString(), Origin.file(file, first));
        }
    }

    private static boolean isComment(CharSequence line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != ' ' && c != '\t' && c != '\f') {
                return c == '#' || c == '!';
            }
        }
        return true;
    }

    /** A line goes on if it ends with an odd number of backslashes. */
    private static boolean continues(String line) {
        int i = line.length();
        while (i > 0 && line.charAt(i - 1) == '\\') {
            i--;
        }
        return (line.length() - i) % 2 == 1;
    }

    private void take(String logical, Origin origin) throws IOException {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IllegalArgumentException e) {
            problems.badLine(origin);
        }
        for (String key : one.stringPropertyNames()) {
            String name =
                    key.startsWith(Spelling.PROPERTY_PREFIX) ? key.substring(Spelling.PROPERTY_PREFIX.length()) : key;
            texts.put(name, one.getProperty(key));
            origins.put(name, origin);
        }
    }

    /** Keys without {@code rdsagent.}; of a key that is there twice the last one, as {@link Properties} has it. */
    Map<String, String> texts() {
        return texts;
    }

    Origin origin(String key) {
        return origins.get(key);
    }
}
