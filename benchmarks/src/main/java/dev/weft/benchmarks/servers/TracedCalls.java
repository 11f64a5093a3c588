package dev.weft.benchmarks.servers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code strace -f} has written down of a server: the system calls of its loop, and those of other threads. */
final class TracedCalls {
    /** What a loop cannot do without. */
    static final Set<String> NEEDED = Set.of("epoll_wait", "read", "write");

    // 1234  read(7, "..."..., 65536) = 1024; a call that another thread interrupts has two lines
    private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\(.*");

    private final Map<String, List<String>> threads;
    private final String loop;

    private TracedCalls(Map<String, List<String>> threads, String loop) {
        this.threads = threads;
        this.loop = loop;
    }

    static TracedCalls read(List<String> lines) {
        Map<String, List<String>> threads = new HashMap<>();
        for (String line : lines) {
            Matcher matcher = CALL.matcher(line);
            if (matcher.matches()) {
                threads.computeIfAbsent(matcher.group(1), key -> new ArrayList<>())
                        .add(matcher.group(2).replace("epoll_pwait", "epoll_wait")); // some machines have only that
            }
        }
        String loop = threads.entrySet().stream()
                .filter(thread -> thread.getValue().contains("epoll_wait"))
                .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalStateException("No thread has called epoll_wait: " + threads.keySet()));
        return new TracedCalls(threads, loop);
    }

    /**
     * How often the loop's thread made each call from the first read on, without the wait that comes after the last write:
     * what was before is how the trace began.
     */
    Map<String, Integer> ofLoop() {
        List<String> calls = threads.getOrDefault(loop, List.of());
        int first = calls.indexOf("read");
        int last = calls.lastIndexOf("write");
        Map<String, Integer> counts = new TreeMap<>();
        for (String call : calls.subList(Math.max(0, first), last + 1)) {
            counts.merge(call, 1, Integer::sum);
        }
        if (first > 0 && calls.get(first - 1).equals("epoll_wait")) {
            counts.merge("epoll_wait", 1, Integer::sum); // the one that saw what was read first
        }
        return counts;
    }

    int writesOfOthers() {
        return (int) threads.entrySet().stream()
                .filter(thread -> !thread.getKey().equals(loop))
                .flatMap(thread -> thread.getValue().stream())
                .filter("write"::equals)
                .count();
    }
}
