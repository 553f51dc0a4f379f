package io.rdsagent.observe.status;

import java.util.Locale;

/** Writes JSON, and nothing that would end a script or a line where it is put. */
final class Json {

    private final StringBuilder text = new StringBuilder(1024);
    private boolean comma;

    Json object() {
        return open('{');
    }

    Json object(String name) {
        return name(name).open('{');
    }

    Json array(String name) {
        return name(name).open('[');
    }

    Json endObject() {
        return close('}');
    }

    Json endArray() {
        return close(']');
    }

    Json field(String name, String orNull) {
        return name(name).value(orNull);
    }

    Json field(String name, boolean value) {
        name(name);
        return raw(String.valueOf(value));
    }

    /** @param orNull whole, or with a fraction */
    Json field(String name, Number orNull) {
        return name(name).value(orNull);
    }

    Json value(Number orNull) {
        return raw(String.valueOf(orNull));
    }

    Json value(String orNull) {
        if (orNull == null) {
            return raw("null");
        }
        separate();
        text.append('"');
        for (int i = 0; i < orNull.length(); i++) {
            append(orNull.charAt(i));
        }
        text.append('"');
        comma = true;
        return this;
    }

    private void append(char c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
        } else if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&') {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
            text.append(c);
        }
    }

    private Json name(String name) {
        value(name);
        text.append(':');
        comma = false;
        return this;
    }

    private Json raw(String value) {
        separate();
        text.append(value);
        comma = true;
        return this;
    }

    private Json open(char bracket) {
        separate();
        text.append(bracket);
        comma = false;
        return this;
    }

    private Json close(char bracket) {
        text.append(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            text.append(',');
        }
        comma = false;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
