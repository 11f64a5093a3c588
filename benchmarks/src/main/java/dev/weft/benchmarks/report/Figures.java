package dev.weft.benchmarks.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one operation has taken: nanoseconds of time, of the benchmark thread's processor time and of the whole process's,
 * and bytes allocated by that thread and by all. NaN stands for what was not measured.
 */
public record Figures(double wall, double threadCpu, double processCpu, double threadBytes, double processBytes) {
    static final Figures NONE = new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** The medians over all iterations; but the mean of the process's time, in which a collection is now and then. */
    public static Figures of(RunResult result) {
        double operations = 0;
        double processCpu = 0;
        for (IterationResult iteration : iterations(result)) {
            operations += score(iteration.getSecondaryResults(), "operations");
            processCpu += score(iteration.getSecondaryResults(), "processCpu");
        }
        return median(perOperation(result)).withProcessCpu(processCpu / operations);
    }

    /**
     * The least times of any iteration, each for itself, and the medians of what was allocated. Whoever shares a core, the
     * collector and strangers, only ever makes one slower.
     */
    static Figures fastest(RunResult result) {
        return fastest(perOperation(result));
    }

    static Figures fastest(List<Figures> iterations) {
        Figures median = median(iterations);
        return new Figures(
                least(iterations, Figures::wall),
                least(iterations, Figures::threadCpu),
                least(iterations, Figures::processCpu),
                median.threadBytes(),
                median.processBytes());
    }

    private static double least(List<Figures> iterations, ToDoubleFunction<Figures> figure) {
        return iterations.stream().mapToDouble(figure).min().orElse(Double.NaN);
    }

    private static List<IterationResult> iterations(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .toList();
    }

    private static List<Figures> perOperation(RunResult result) {
        return iterations(result).stream()
                .map(iteration ->
                        perOperation(iteration.getPrimaryResult().getScore(), iteration.getSecondaryResults()))
                .toList();
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
