package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All figures of one or several runs. A figure shown is the median over the rounds; a ratio is the median of the ratios
 * within each round, so that what slowed a whole round down does not count. NaN stands for what was not measured.
 */
final class Results {
    private record Key(int jdk, Cell cell) {}

    private final Map<Key, Map<Measured.Round, Figures>> rounds = new LinkedHashMap<>();
    private final Map<Key, String> failures = new LinkedHashMap<>();

    Results(List<Measured> figures) {
        for (Measured measured : figures) {
            Key key = new Key(measured.jdk(), measured.cell());
            if (measured.hasFailed()) {
                failures.putIfAbsent(key, measured.failure());
            } else {
                rounds.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(measured.inRound(), measured.figures());
            }
        }
    }

    /** The median of the figure that counts. */
    double value(int jdk, Cell cell) {
        return Median.of(of(jdk, cell).values().stream().map(cell::value).toList());
    }

    /** The median of the bytes that an operation allocates. */
    double bytes(int jdk, Cell cell) {
        return Median.of(of(jdk, cell).values().stream().map(cell::bytes).toList());
    }

    /** How many times the second is in the first. */
    double ratio(int jdk, Cell first, Cell second) {
        return overRounds(jdk, first, second, (a, b) -> a / b);
    }

    /** By how much the first is more than the second. */
    double difference(int jdk, Cell first, Cell second) {
        return overRounds(jdk, first, second, (a, b) -> a - b);
    }

    private interface Arithmetic {
        double of(double first, double second);
    }

    private double overRounds(int jdk, Cell first, Cell second, Arithmetic arithmetic) {
        Map<Measured.Round, Figures> seconds = of(jdk, second);
        List<Double> all = new ArrayList<>();
        of(jdk, first).forEach((round, figures) -> {
            Figures other = seconds.get(round);
            if (other != null) {
                all.add(arithmetic.of(first.value(figures), second.value(other)));
            }
        });
        return Median.of(all);
    }

    /** Why there is no figure, if it was tried. */
    Optional<String> failure(int jdk, Cell cell) {
        return of(jdk, cell).isEmpty() ? Optional.ofNullable(failures.get(new Key(jdk, cell))) : Optional.empty();
    }

    /** Versions of the JDKs that took part, the lowest first. */
    List<Integer> jdks() {
        TreeSet<Integer> jdks = new TreeSet<>();
        rounds.keySet().forEach(key -> jdks.add(key.jdk()));
        jdks.remove(0);
        return List.copyOf(jdks);
    }

    /** Workloads and variants, each as Weft's cell, in the order of {@link Rows}. */
    List<Cell> rows() {
        return rounds.keySet().stream()
                .map(key -> key.cell().of(Contender.WEFT))
                .distinct()
                .sorted(Rows.BY_PLACE)
                .toList();
    }

    /** How many rounds there are of the cell that has most. */
    int mostRounds() {
        return rounds.values().stream().mapToInt(Map::size).max().orElse(0);
    }

    /** What Python took was measured once for all JDKs. */
    private Map<Measured.Round, Figures> of(int jdk, Cell cell) {
        return rounds.getOrDefault(new Key(cell.contender() == Contender.PYTHON ? 0 : jdk, cell), Map.of());
    }
}
