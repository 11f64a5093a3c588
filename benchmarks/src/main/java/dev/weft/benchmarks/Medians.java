package dev.weft.benchmarks;

import dev.weft.benchmarks.report.Figures;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** The median over all iterations of all forks, for each benchmark: a table in Markdown. */
final class Medians {
    private Medians() {}

    static void print(Collection<RunResult> results, PrintStream out) {
        out.println();
        out.println("| benchmark | ns of its thread's CPU | ns of the process's CPU | ns | bytes |");
        out.println("|---|---|---|---|---|");
        results.forEach(result -> print(result, out));
    }

    private static void print(RunResult result, PrintStream out) {
        if (result.getSecondaryResults().get("threadCpu") == null) {
            return; // none of ours
        }
        Figures figures = Figures.of(result);
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.1f |%n",
                name(result.getParams()),
                figures.threadCpu(),
                figures.processCpu(),
                figures.wall(),
                figures.threadBytes());
    }

    private static String name(BenchmarkParams benchmark) {
        String name = benchmark.getBenchmark();
        String type = name.substring(0, name.lastIndexOf('.'));
        return benchmark.getParamsKeys().stream()
                .map(key -> key + "=" + benchmark.getParam(key))
                .collect(Collectors.joining(" ", name.substring(type.lastIndexOf('.') + 1) + " ", ""))
                .strip();
    }
}
