package dev.weft.agent.build;

import dev.weft.agent.compiler.AsyncSelection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What command line and Byte Buddy plugin have in common.
 *
 * @param async classes whose methods all count as annotated
 * @param report the file that lists rewritten and refused methods, or null
 */
record BuildOptions(AsyncSelection async, @Nullable Path report, Set<Flag> flags) {
    /** Options without a value. */
    enum Flag {
        /** Every rewritten class is checked. */
        VERIFY,
        /** Refused methods throw when they are called, as they do with the agent, instead of failing the build. */
        ALLOW_REFUSALS,
        /** The signatures of jars are removed, instead of failing the build. */
        STRIP_SIGNATURES,
        /** Nobody is told of likely mistakes. */
        NO_LINT,
        /** The classes are those of Weft's runtime itself; not for users. */
        RUNTIME;

        /** As it is written. */
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Reads the option string of the Byte Buddy plugin, {@code "async=org.example.**;report=weft.txt;verify"}.
     *
     * @throws IllegalArgumentException if it cannot be understood; the message tells what can be written
     */
    static BuildOptions parse(String text) {
        CommandLine.Parser parser =
                new CommandLine.Parser(List.of("async", "report", "verify", "allow-refusals", "no-lint"));
        for (String option : text.split(";")) {
            if (!option.isBlank()) {
                parser.option(option.trim(), null);
            }
        }
        return parser.options();
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }
}
