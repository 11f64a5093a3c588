package dev.weft.examples;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import dev.weft.io.*;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Two programs of the system with a coroutine between them, as {@code sort | tr a-z A-Z | uniq -c} in a shell. All of it goes on at
 * the same time: nothing waits for the whole of what comes before it.
 */
public final class Pipeline {
    private static final List<String> CALLS = List.of("Cleo", "Anna", "Bob", "Anna", "Cleo", "Anna");

    private Pipeline() {}

    public static void main(String[] args) {
        run(() -> program());
    }

    @Async
    static void program() throws IOException {
        SubprocessBuilder builder = Subprocess.builder().environment("LC_ALL", "C");
        try (Subprocess sort = builder.exec("sort");
                Subprocess count = builder.exec("uniq", "-c")) {
            taskGroup(group -> {
                group.createTask(() -> send(CALLS, sort.stdin()));
                group.createTask(() -> translate(sort.stdout(), count.stdin()));
                for (String line : count.stdout().lines()) {
                    System.out.println(line.strip());
                }
            });
            System.out.println("ended with " + sort.await() + " and " + count.await());
        } // if anything fails, what still runs is killed
    }

    @Async
    private static void send(List<String> lines, StreamWriter target) throws IOException {
        for (String line : lines) {
            target.write(line + "\n");
            target.drain();
        }
        target.writeEof();
    }

    @Async
    private static void translate(StreamReader source, StreamWriter target) throws IOException {
        for (String line : source.lines()) {
            target.write(line.toUpperCase(Locale.ROOT) + "\n");
            target.drain();
        }
        target.writeEof();
    }
}
