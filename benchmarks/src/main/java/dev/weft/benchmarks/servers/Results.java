package dev.weft.benchmarks.servers;

import dev.weft.benchmarks.report.Median;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that was measured: medians over turns, and medians of the ratios within turns. */
final class Results {
    private record Key(int jdk, Load load, Peer peer) {}

    private record Turn(int round, int turn) {}

    private final Map<Key, Map<Turn, Measured>> figures = new HashMap<>();
    private final List<Measured> all;

    Results(List<Measured> all) {
        this.all = List.copyOf(all);
        for (Measured measured : all) {
            figures.computeIfAbsent(new Key(measured.jdk(), measured.load(), measured.peer()), key -> new HashMap<>())
                    .put(new Turn(measured.round(), measured.turn()), measured);
        }
    }

    private Map<Turn, Measured> turns(int jdk, Load load, Peer peer) {
        return figures.getOrDefault(new Key(jdk, load, peer), Map.of());
    }

    /** Nanoseconds of processor time for one message; NaN if it was not measured. */
    double nanos(int jdk, Load load, Peer peer) {
        return Median.of(
                turns(jdk, load, peer).values().stream().map(Measured::nanos).toList());
    }

    /** How many times that of the second the first takes; NaN if one was not measured. */
    double ratio(int jdk, Load load, Peer first, Peer second) {
        List<Double> ratios = new ArrayList<>();
        Map<Turn, Measured> others = turns(jdk, load, second);
        turns(jdk, load, first).forEach((turn, measured) -> {
            Measured other = others.get(turn);
            if (other != null) {
                ratios.add(measured.nanos() / other.nanos());
            }
        });
        return Median.of(ratios);
    }

    /** The smallest part of the core that a measurement had, and the one in the middle. */
    String shares() {
        List<Double> shares = all.stream().map(Measured::share).sorted().toList();
        return shares.isEmpty()
                ? "nothing"
                : String.format(java.util.Locale.ROOT, "%.2f, once only %.2f", Median.of(shares), shares.get(0));
    }

    List<Integer> jdks() {
        return all.stream().map(Measured::jdk).distinct().sorted().toList();
    }

    int rounds() {
        return all.stream().mapToInt(Measured::round).max().orElse(0);
    }
}
