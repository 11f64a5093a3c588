package dev.weft.benchmarks.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The processor time of another process: of a JVM's compilers, which go on compiling now and then for minutes, and of all its
 * other threads together.
 */
final class CpuClock {
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");

    private final long pid;
    private final Path threads;

    CpuClock(long pid) {
        this.pid = pid;
        threads = Path.of("/proc/" + pid + "/task");
    }

    /** Of all threads but the compilers, in nanoseconds; where there is no {@code schedstat}, of all, in the system's steps. */
    long nanos() throws IOException {
        if (!Files.exists(threads)) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .map(Duration::toNanos)
                    .orElseThrow(() -> new IllegalStateException("No clock of process " + pid));
        }
        return sum(false);
    }

    /** Of the compilers; 0 where there is no {@code schedstat}. */
    long compilerNanos() throws IOException {
        return Files.exists(threads) ? sum(true) : 0;
    }

    private long sum(boolean compilers) throws IOException {
        List<Path> all;
        try (Stream<Path> list = Files.list(threads)) {
            all = list.toList();
        }
        long sum = 0;
        for (Path thread : all) {
            try {
                String name = Files.readString(thread.resolve("comm"));
                if (COMPILER.matcher(name).lookingAt() == compilers) {
                    String line = Files.readString(thread.resolve("schedstat"));
                    sum += Long.parseLong(line.substring(0, line.indexOf(' ')));
                }
            } catch (NoSuchFileException e) {
                // It has ended; the flags of the servers see to it that none that did something does.
            }
        }
        return sum;
    }
}
