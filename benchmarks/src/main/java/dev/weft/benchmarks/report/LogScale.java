package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Maps figures to places on an axis where each power of ten takes the same room: it begins with one, and ends with the greatest figure. */
record LogScale(double lowest, double highest, double from, double to) {
    /** A scale on which all these figures have a bar that can be seen. */
    static LogScale of(Collection<Double> figures, double from, double to) {
        double least = figures.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double most = figures.stream().mapToDouble(Double::doubleValue).max().orElse(10);
        int lowest = (int) Math.floor(Math.log10(least / 1.5));
        return new LogScale(lowest, Math.max(lowest + 1, Math.log10(most)), from, to);
    }

    double place(double figure) {
        return from + (to - from) * (Math.log10(figure) - lowest) / (highest - lowest);
    }

    /** The powers of ten on it. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) lowest; power <= highest; power++) {
            ticks.add(Math.pow(10, power));
        }
        return ticks;
    }
}
