package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Figures that were never measured. */
final class Sample {
    static final Cell WEFT = new Cell("Switch", "tasks=1000", Contender.WEFT);
    static final Cell KOTLIN = WEFT.of(Contender.KOTLIN);
    static final Cell THREADS = WEFT.of(Contender.VIRTUAL_THREADS);
    static final Cell PARKED = new Cell(Cell.PARKED, "depth=1", Contender.WEFT);

    private final List<Measured> figures = new ArrayList<>();

    /** Nanoseconds of the thread's processor time; the process takes twice as much. */
    Sample cpu(int round, int jdk, Cell cell, double nanos) {
        return add("run", round, jdk, cell, new Figures(3 * nanos, nanos, 2 * nanos, 16, 24));
    }

    Sample heap(int round, int jdk, Cell cell, double bytes) {
        return add("run", round, jdk, cell, new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, bytes));
    }

    Sample failed(int round, int jdk, Cell cell, String failure) {
        figures.add(new Measured("run", round, jdk, cell, Figures.NONE, failure));
        return this;
    }

    Sample add(String run, int round, int jdk, Cell cell, Figures taken) {
        figures.add(new Measured(run, round, jdk, cell, taken, ""));
        return this;
    }

    List<Measured> figures() {
        return figures;
    }

    Results results() {
        return new Results(figures);
    }
}
