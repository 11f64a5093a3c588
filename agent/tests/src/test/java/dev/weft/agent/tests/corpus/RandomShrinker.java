package dev.weft.agent.tests.corpus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes lines out of a random program for as long as it still fails. */
final class RandomShrinker {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final RandomComparison failing;
    private final long seed;
    private final long start = System.nanoTime();
    private List<String> lines;

    RandomShrinker(RandomComparison failing, long seed) {
        this.failing = failing;
        this.seed = seed;
        lines = failing.source().text().lines().toList();
    }

    String shrunk() {
        int size;
        do {
            size = lines.size();
            for (int line = lines.size() - 1; line >= 0 && !isLate(); line--) {
                if (line < lines.size()) {
                    without(line);
                }
            }
        } while (lines.size() < size && !isLate());
        return String.join("\n", lines);
    }

    // Without one line, or a block from its opening brace to its closing one, or only without these two.
    private void without(int line) {
        int end = end(line);
        List<String> rest = new ArrayList<>(lines);
        rest.subList(line, end + 1).clear();
        if (!attempt(rest) && end > line) {
            rest = new ArrayList<>(lines);
            rest.remove(end);
            rest.remove(line);
            attempt(rest);
        }
    }

    private int end(int line) {
        int depth = 0;
        for (int end = line; end < lines.size(); end++) {
            for (char c : lines.get(end).toCharArray()) {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
            if (depth == 0) {
                return end;
            }
        }
        return line;
    }

    private boolean attempt(List<String> candidate) {
        if (candidate.size() < lines.size() && fails(String.join("\n", candidate))) {
            lines = candidate;
            return true;
        }
        return false;
    }

    private boolean fails(String text) {
        RandomComparison comparison;
        try {
            comparison = RandomComparison.compiled(failing.source().with(text));
        } catch (AssertionError e) {
            return false; // not Java
        }
        if (comparison == null
                || Trace.of(comparison.untouched(), Plan.nothingSuspends()).calls() == 0) {
            return false;
        }
        try {
            comparison.run(seed);
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }

    private boolean isLate() {
        return System.nanoTime() - start > PATIENCE.toNanos();
    }
}
