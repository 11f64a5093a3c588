package dev.weft.benchmarks.report;

import java.util.Collection;
import java.util.List;

/** The middle of figures; the mean of the two in the middle, if their number is even. */
public final class Median {
    private Median() {}

    /** The median; NaN if there are no figures. */
    public static double of(Collection<Double> figures) {
        if (figures.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = figures.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
