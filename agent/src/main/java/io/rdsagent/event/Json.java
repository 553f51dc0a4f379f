package io.rdsagent.event;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An object of what programs read, on one line and in ASCII; its values are texts, numbers, truths, other objects, lists and
 * null. Nothing in it would end a script or a line where it is put.
 */
public final class Json {

    private final Map<String, Object> members = new LinkedHashMap<>();

    /** @param value what has none of the kinds above is written as its text */
    public Json with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** The same, unless the value is null. */
    public Json withPresent(String name, Object value) {
        return value == null ? this : with(name, value);
    }

    /** The members of another behind these. */
    public Json withAll(Json more) {
        members.putAll(more.members);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(members, text);
        return text.toString();
    }

    private static void write(Object value, StringBuilder to) {
        if (value instanceof Json) {
            write(((Json) value).members, to);
        } else if (value instanceof Map) {
            String before = "{";
            for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
                to.append(before);
                quote(String.valueOf(member.getKey()), to);
                to.append(':');
                write(member.getValue(), to);
                before = ",";
            }
            to.append(before.equals("{") ? "{}" : "}");
        } else if (value instanceof Iterable) {
            String before = "[";
            for (Object element : (Iterable<?>) value) {
                to.append(before);
                write(element, to);
                before = ",";
            }
            to.append(before.equals("[") ? "[]" : "]");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            to.append(value);
        } else {
            quote(value.toString(), to);
        }
    }

    private static void quote(String text, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c == '\n') {
                to.append("\\n");
            } else if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&') {
                to.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        to.append('"');
    }
}
