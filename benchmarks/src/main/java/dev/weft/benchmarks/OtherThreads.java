package dev.weft.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The processor time of each thread of this process but the calling one, as Linux tells it: to the nanosecond, while the
 * time of the whole process comes in steps of 10 ms. A thread that runs at this moment has up to a few milliseconds more.
 */
record OtherThreads(Map<String, Long> times) {
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Path OWN = Path.of("/proc/thread-self");

    /** Null where the system does not tell. */
    static @Nullable OtherThreads now() {
        if (!Files.isReadable(OWN.resolve("schedstat"))) {
            return null;
        }
        Map<String, Long> times = new HashMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            String own = OWN.toRealPath().getFileName().toString();
            for (Path thread : threads) {
                String id = thread.getFileName().toString();
                if (!id.equals(own)) {
                    read(thread, id, times);
                }
            }
        } catch (IOException e) {
            return null;
        }
        return new OtherThreads(times);
    }

    private static void read(Path thread, String id, Map<String, Long> times) {
        try {
            String[] onProcessorAndWaiting =
                    Files.readString(thread.resolve("schedstat")).split(" ");
            times.put(id, Long.parseLong(onProcessorAndWaiting[0]));
        } catch (IOException hasEnded) {
            // its time in between is lost: a compiler's that had nothing to do
        }
    }

    /** Nanoseconds that threads of now have taken since then. */
    long since(OtherThreads before) {
        return times.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.times.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
