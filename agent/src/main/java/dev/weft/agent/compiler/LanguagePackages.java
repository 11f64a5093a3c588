package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.List;

/**
 * The packages of the Kotlin and Scala products: their compilers and standard libraries have thousands of classes, and no
 * user's code lives there. They are left alone without a look at their bytes, unless the option {@code async=} selects
 * some of them. Who annotates a method there nevertheless is told when it is called: it cannot suspend.
 */
public final class LanguagePackages {
    private static final List<String> ALL = List.of("kotlin/", "kotlinx/", "org/jetbrains/kotlin/", "scala/");

    private final List<String> prefixes = new ArrayList<>();

    public LanguagePackages(AsyncSelection selection) {
        for (String prefix : ALL) { // no stream: a JVM's first lambda takes as long as a hundred classes
            if (!selection.mayContain(prefix)) {
                prefixes.add(prefix);
            }
        }
    }

    /** Whether the class of this internal name is one of theirs. */
    public boolean contain(String name) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
