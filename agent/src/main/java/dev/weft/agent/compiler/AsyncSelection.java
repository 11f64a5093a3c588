package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.List;

/**
 * The classes whose methods all count as annotated: the option {@code async=org.example.**,com.acme.Foo}.
 *
 * <p>Asked for every class that is loaded, so without streams: a JVM's first lambda takes as long as a hundred classes.
 */
public final class AsyncSelection {
    public static final AsyncSelection NONE = new AsyncSelection(List.of());

    private final List<String> prefixes = new ArrayList<>();
    private final List<String> packages = new ArrayList<>();
    private final List<String> classes = new ArrayList<>();

    /**
     * @param patterns each the name of a class (its nested classes included), {@code a.package.*}, or
     *     {@code a.package.**} with all packages below
     * @throws IllegalArgumentException if a pattern has a star elsewhere
     */
    public AsyncSelection(List<String> patterns) {
        for (String pattern : patterns) {
            String name = pattern.trim().replace('.', '/');
            if (name.endsWith("/**")) {
                prefixes.add(plain(pattern, name.substring(0, name.length() - 2)));
            } else if (name.endsWith("/*")) {
                packages.add(plain(pattern, name.substring(0, name.length() - 1)));
            } else {
                classes.add(plain(pattern, name));
            }
        }
    }

    boolean contains(String internalName) {
        for (String prefix : prefixes) {
            if (internalName.startsWith(prefix)) {
                return true;
            }
        }
        for (String name : packages) {
            if (internalName.startsWith(name) && internalName.indexOf('/', name.length()) < 0) {
                return true;
            }
        }
        for (String name : classes) {
            if (internalName.equals(name) || internalName.startsWith(name + "$")) {
                return true;
            }
        }
        return false;
    }

    /** Whether classes whose internal names begin like this may be selected. */
    public boolean mayContain(String prefix) {
        return overlaps(prefixes, prefix) || overlaps(packages, prefix) || overlaps(classes, prefix);
    }

    private static boolean overlaps(List<String> names, String prefix) {
        for (String name : names) {
            if (name.startsWith(prefix) || prefix.startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return prefixes.isEmpty() && packages.isEmpty() && classes.isEmpty();
    }

    private static String plain(String pattern, String name) {
        if (name.isEmpty() || name.contains("*")) {
            throw new IllegalArgumentException(
                    "async=" + pattern + ": expected a class name, a.package.* or a.package.** (every package below)");
        }
        return name;
    }
}
