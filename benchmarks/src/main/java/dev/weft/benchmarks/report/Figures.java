package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one operation has taken: nanoseconds of time, of the benchmark thread's processor time and of the whole process's,
 * and bytes allocated by that thread and by all. NaN stands for what was not measured.
 */
public record Figures(double wall, double threadCpu, double processCpu, double threadBytes, double processBytes) {
    static final Figures NONE = new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** The medians over all iterations; but the mean of the process's time, which the system counts in coarse steps. */
    public static Figures of(RunResult result) {
        List<Figures> iterations = new ArrayList<>();
        double operations = 0;
        double processCpu = 0;
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                Map<String, Result> sums = iteration.getSecondaryResults();
                iterations.add(perOperation(iteration.getPrimaryResult().getScore(), sums));
                operations += score(sums, "operations");
                processCpu += score(sums, "processCpu");
            }
        }
        return median(iterations).withProcessCpu(processCpu / operations);
    }

    private static Figures perOperation(double wall, Map<String, Result> sums) {
        double operations = score(sums, "operations");
        return new Figures(
                wall,
                score(sums, "threadCpu") / operations,
                score(sums, "processCpu") / operations,
                score(sums, "threadBytes") / operations,
                score(sums, "processBytes") / operations);
    }

    private static double score(Map<String, Result> sums, String name) {
        Result<?> sum = sums.get(name);
        if (sum == null) {
            throw new IllegalStateException("The benchmark has no counter " + name + ", only " + sums.keySet());
        }
        return sum.getScore();
    }

    /** The median of each figure for itself. */
    static Figures median(Collection<Figures> all) {
        return new Figures(
                Median.of(all.stream().map(Figures::wall).toList()),
                Median.of(all.stream().map(Figures::threadCpu).toList()),
                Median.of(all.stream().map(Figures::processCpu).toList()),
                Median.of(all.stream().map(Figures::threadBytes).toList()),
                Median.of(all.stream().map(Figures::processBytes).toList()));
    }

    private Figures withProcessCpu(double mean) {
        return new Figures(wall, threadCpu, mean, threadBytes, processBytes);
    }
}
