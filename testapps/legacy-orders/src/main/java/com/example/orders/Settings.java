package com.example.orders;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The properties file; {@code -Dorders.KEY} wins over the KEY in it. */
final class Settings {

    private final Properties file;

    private Settings(Properties file) {
        this.file = file;
    }

    static Settings read(File path) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = new FileInputStream(path)) {
            properties.load(in);
        }
        return new Settings(properties);
    }

    String text(String key) {
        String value = System.getProperty("orders." + key, file.getProperty(key));
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value.trim();
    }

    int number(String key) {
        try {
            return Integer.parseInt(text(key));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is no whole number: " + text(key), e);
        }
    }
}
