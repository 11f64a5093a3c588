package dev.weft.agent;

import dev.weft.agent.compiler.AsyncSelection;
import dev.weft.agent.compiler.Purpose;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code -javaagent:weft-agent.jar=}: {@code key=value} pairs separated by semicolons, several values
 * of a key by commas.
 *
 * @param async classes whose methods all count as annotated
 * @param report the file that lists rewritten and refused methods, or null
 * @param verify whether every rewritten class is checked before the JVM gets it
 * @param debug whether debuggers shall see all variables; if null, when one can connect
 * @param lint whether likely mistakes are logged
 */
record Options(
        AsyncSelection async,
        @Nullable Path report,
        boolean verify,
        @Nullable Boolean debug,
        boolean lint) {
    private static final List<String> KEYS = List.of("async", "report", "verify", "debug", "lint");

    /**
     * @throws IllegalArgumentException if the options cannot be understood; the message tells what can be written
     */
    static Options parse(@Nullable String arguments) {
        AsyncSelection async = AsyncSelection.NONE;
        Path report = null;
        boolean verify = false;
        Boolean debug = null;
        boolean lint = true;
        for (String option : arguments == null ? new String[0] : arguments.split(";")) {
            if (option.isBlank()) {
                continue;
            }
            int equals = option.indexOf('=');
            String key =
                    equals < 0 ? option.trim() : option.substring(0, equals).trim();
            String value = equals < 0 ? "" : option.substring(equals + 1).trim();
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown option '" + key + "'; there are async=, report=, verify=, debug= and lint=");
            }
            if (value.isEmpty()) {
                throw new IllegalArgumentException("option '" + key + "' has no value; write " + key + "=value");
            }
            switch (key) {
                case "async" -> async = new AsyncSelection(List.of(value.split(",", -1)));
                case "report" -> report = path(value);
                case "verify" -> verify = bool(key, value);
                case "lint" -> lint = bool(key, value);
                default -> debug = bool(key, value);
            }
        }
        return new Options(async, report, verify, debug, lint);
    }

    Purpose purpose() {
        if (debug == null) {
            return Debugger.PURPOSE;
        }
        return debug ? Purpose.DEBUGGING : Purpose.PRODUCTION;
    }

    private static Path path(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("report=" + value + " is not a file name", e);
        }
    }

    private static boolean bool(String key, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(key + "=" + value + ": expected true or false");
        }
        return value.equals("true");
    }
}
