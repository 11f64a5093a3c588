package dev.weft.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** The median over all iterations of all forks, for each benchmark: a table in Markdown. */
final class Medians {
    private Medians() {}

    static void print(Collection<RunResult> results, PrintStream out) {
        out.println();
        out.println("| benchmark | ns of CPU | ns | lowest to highest |");
        out.println("|---|---|---|---|");
        results.forEach(result -> print(result, out));
    }

    private static void print(RunResult result, PrintStream out) {
        List<Double> cpu = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                wall.add(iteration.getPrimaryResult().getScore());
                cpu.add(iteration.getSecondaryResults().get("summedCpu").getScore());
            }
        }
        cpu.sort(null);
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f to %.2f |%n",
                name(result.getParams()),
                median(cpu),
                median(wall),
                cpu.get(0),
                cpu.get(cpu.size() - 1));
    }

    private static double median(List<Double> values) {
        values.sort(null);
        return (values.get((values.size() - 1) / 2) + values.get(values.size() / 2)) / 2;
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
