package dev.weft.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How the figures came about, in Markdown: what holds for every comparison, and the facts of these runs. */
final class Method {
    private final Map<String, Map<String, String>> runs;
    private final Results results;

    Method(Map<String, Map<String, String>> runs, Results results) {
        this.runs = runs;
        this.results = results;
    }

    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (InputStream always = Objects.requireNonNull(Method.class.getResourceAsStream("method.md"))) {
            lines.addAll(new String(always.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
        lines.add("- Rounds: " + results.mostRounds() + (runs.size() > 1 ? " in " + runs.size() + " runs." : "."));
        Map<String, Set<String>> facts = new LinkedHashMap<>();
        runs.values()
                .forEach(run -> run.forEach((name, value) -> facts.computeIfAbsent(name, key -> new LinkedHashSet<>())
                        .add(value)));
        facts.forEach((name, values) -> {
            boolean flags = name.startsWith("flags");
            String joined = String.join(
                    "; ", values.stream().map(v -> flags ? "`" + v + "`" : v).toList());
            lines.add("- " + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + ": " + joined);
        });
        return lines;
    }
}
