package dev.weft.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process has open, on Linux. */
final class Descriptors {
    private Descriptors() {}

    static long open() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count() - 1; // without the one that lists them
        }
    }
}
