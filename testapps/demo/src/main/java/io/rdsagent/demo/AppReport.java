package io.rdsagent.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the application has said of itself, from its lines of words {@code name=value}. */
final class AppReport {

    private final UnaryOperator<String> nodeOf;
    private final List<AppError> errors = new ArrayList<>();
    private Map<String, String> figures = Map.of();
    private Map<String, String> money = Map.of();
    private String fatal;

    /** @param nodeOf the node's name for the {@code host:port} that the application says */
    AppReport(UnaryOperator<String> nodeOf) {
        this.nodeOf = nodeOf;
    }

    /** Reads a line and returns its first word. */
    String read(String line) {
        Map<String, String> words = words(line);
        String kind = line.split(" ", 2)[0];
        switch (kind) {
            case "stats", "end" -> figures = words;
            case "error" -> errors.add(error(words));
            case "money" -> money = words;
            case "fatal" -> fatal = words.get("message") + " (SQLState " + words.get("state") + ")";
            default -> {
                // Not a line that means anything here.
            }
        }
        return kind;
    }

    private AppError error(Map<String, String> words) {
        return new AppError(
                instant(words.get("at")),
                instant(words.get("since")),
                words.get("state"),
                nodeOf.apply(words.get("on")),
                words.get("job"),
                words.get("message"));
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    /** The message is the last one and has spaces. */
    private static Map<String, String> words(String line) {
        Map<String, String> words = new HashMap<>();
        int message = line.indexOf(" message=");
        if (message >= 0) {
            words.put("message", line.substring(message + " message=".length()));
        }
        for (String word : (message < 0 ? line : line.substring(0, message)).split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                words.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return words;
    }

    /** The last count of this name, 0 before there was any. */
    long figure(String name) {
        return Long.parseLong(figures.getOrDefault(name, "0"));
    }

    List<AppError> errors() {
        return List.copyOf(errors);
    }

    /** Why it could not start; empty if it could. */
    Optional<String> fatal() {
        return Optional.ofNullable(fatal);
    }

    boolean moneyIsRight() {
        return "true".equals(money.get("right"));
    }

    /** A figure of the last check of the books, in cents or transfers; 0 if it did not come to that. */
    long money(String name) {
        return Long.parseLong(money.getOrDefault(name, "0"));
    }
}
