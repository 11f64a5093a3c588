package dev.weft.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process whose output counts. */
public final class Child {
    private static final int MINUTES = 5;

    private static final Pattern CAUSE = Pattern.compile(
            "^\\s*(?:Caused by: |Exception in thread \"[^\"]*\" )?((?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error)\\b.*)",
            Pattern.MULTILINE);

    private Child() {}

    /** What it has printed. Throws what it said if it fails, and ends it if it does not end. */
    public static String output(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("comparison", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            String output = Files.readString(printed, StandardCharsets.UTF_8);
            if (!ended) {
                throw new IllegalStateException("Not done after " + MINUTES + " minutes: " + command + "\n" + output);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(reason(output, "exit code " + process.exitValue()));
            }
            return output;
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    /** The innermost cause in what a JVM has printed; what is known else, if it has printed none. */
    static String reason(String printed, String otherwise) {
        Matcher matcher = CAUSE.matcher(printed);
        String last = otherwise;
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return last;
    }
}
