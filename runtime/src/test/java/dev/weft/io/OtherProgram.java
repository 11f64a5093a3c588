package dev.weft.io;

import static dev.weft.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.Async;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real program on the other side; it ends with the test. */
final class OtherProgram implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    OtherProgram(String... command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Skips the test where the program is not installed. */
    static void needs(String program) {
        boolean found = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(found, program + " is not installed: its part of the tests is left out");
    }

    void say(String text) throws IOException {
        input.write(text);
        input.flush();
    }

    void sayNoMore() throws IOException {
        input.close();
    }

    /** Reads lines up to one that contains {@code text}, which is what it returns. */
    @Async
    String lineWith(String text) throws Exception {
        return toThread(() -> {
            StringBuilder before = new StringBuilder();
            String line;
            while ((line = output.readLine()) != null) {
                if (line.contains(text)) {
                    return line;
                }
                before.append(line).append('\n');
            }
            throw new AssertionError("ended without \"" + text + "\":\n" + before);
        });
    }

    /** Reads what it says until it ends. */
    @Async
    String rest() throws Exception {
        return toThread(() -> {
            StringBuilder all = new StringBuilder();
            String line;
            while ((line = output.readLine()) != null) {
                all.append(line).append('\n');
            }
            assertThat(process.waitFor()).as(all.toString()).isZero();
            return all.toString();
        });
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
