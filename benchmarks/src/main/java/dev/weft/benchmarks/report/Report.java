package dev.weft.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what people read: tables, plots, and the short table. */
final class Report {
    private final RawFile.Content content;
    private final Results results;

    Report(RawFile.Content content) {
        this.content = content;
        results = new Results(content.figures());
    }

    /** Writes {@code comparison.md} and the plots into a folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> plots = new ArrayList<>();
        for (Plot plot : Plot.all(results)) {
            Files.writeString(folder.resolve(plot.file()), plot.svg());
            plots.add("![" + plot.title() + "](" + plot.file() + ")");
        }
        Files.writeString(folder.resolve("comparison.md"), String.join("\n", markdown(plots)) + "\n");
    }

    ReadmeTable readmeTable() {
        return new ReadmeTable(results);
    }

    private List<String> markdown(List<String> plots) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Weft and others");
        lines.add("");
        lines.add(
                "Processor time of one operation, the bytes that it allocates, and how many times that is what Weft takes."
                        + " Below 1 somebody is faster than Weft.");
        for (int jdk : results.jdks()) {
            lines.add("");
            lines.add("## JDK " + jdk);
            lines.add("");
            lines.addAll(new FigureTable(results, jdk).lines());
        }
        lines.add("");
        lines.add("## Goals");
        lines.add("");
        lines.addAll(new GoalTable(results).lines());
        lines.add("");
        lines.add("## Plots");
        for (String plot : plots) {
            lines.add("");
            lines.add(plot);
        }
        lines.add("");
        lines.add("## Method");
        lines.add("");
        lines.addAll(new Method(content.runs(), results).lines());
        lines.add("");
        lines.add(
                "To repeat it: `mvn -B -q package -DskipTests`, then `java -jar benchmarks/target/benchmarks.jar compare`"
                        + " (an hour or more, on a machine with nothing else to do; `short compare` for a rough look in five"
                        + " minutes; `compare rounds=3 Switch PingPong` for some of it).");
        return lines;
    }
}
