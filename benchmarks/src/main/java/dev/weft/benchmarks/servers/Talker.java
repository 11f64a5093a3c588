package dev.weft.benchmarks.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process with which one speaks in lines; what it prints as errors goes to a file. */
final class Talker implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private final PrintWriter told;

    Talker(List<String> command, Path log) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        told = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    }

    long pid() {
        return process.pid();
    }

    /** The next line; null when it has ended. */
    @Nullable
    String line() throws IOException {
        return said.readLine();
    }

    /** What it answers to a line. */
    String ask(String question) throws IOException {
        told.println(question);
        String answer = line();
        if (answer == null || answer.startsWith("failed")) {
            throw new IllegalStateException(question + ": " + answer);
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
