package dev.weft.examples.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The fields of a message, whose names may be written in capital or small letters. */
public final class Headers {
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    public Headers add(String name, String value) {
        fields.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
        return this;
    }

    /** All values in order; none if there is no such field. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** The values with commas between them; empty if there is no such field. */
    public String value(String name) {
        return String.join(", ", all(name));
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Whether a field that is a list has an element, as {@code close} in {@code Connection: close, TE}. */
    public boolean lists(String name, String element) {
        for (String value : all(name)) {
            for (String part : value.split(",")) {
                if (part.strip().equalsIgnoreCase(element)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** As they are sent, a line for each. */
    void appendTo(StringBuilder text) {
        fields.forEach((name, values) -> values.forEach(
                value -> text.append(name).append(": ").append(value).append("\r\n")));
    }

    @Override
    public String toString() {
        return fields.toString().toLowerCase(Locale.ROOT);
    }
}
