package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What came of one program in one round: a line of the raw file. JDK 0 is none, for programs in other languages. Either
 * the failure is empty or the figures are NaN.
 */
record Measured(String run, int round, int jdk, Cell cell, Figures figures, String failure) {
    static final String HEADER = String.join(
            "\t",
            "run",
            "round",
            "jdk",
            "workload",
            "variant",
            "contender",
            "wall ns",
            "thread CPU ns",
            "process CPU ns",
            "thread bytes",
            "process bytes",
            "failure");
    private static final int FIELDS = 12;

    /** Rounds of different runs have nothing in common. */
    record Round(String run, int number) {}

    Round inRound() {
        return new Round(run, round);
    }

    boolean hasFailed() {
        return !failure.isEmpty();
    }

    String toLine() {
        List<Object> fields =
                new ArrayList<>(List.of(run, round, jdk, cell.workload(), cell.variant(), cell.contender().id));
        fields.addAll(List.of(
                figures.wall(),
                figures.threadCpu(),
                figures.processCpu(),
                figures.threadBytes(),
                figures.processBytes()));
        fields.add(failure.replaceAll("\\s+", " "));
        return String.join("\t", fields.stream().map(String::valueOf).toList());
    }

    static Measured parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "A line of figures has " + FIELDS + " fields, this one " + fields.length + ": " + line);
        }
        double[] numbers =
                Arrays.stream(fields, 6, 11).mapToDouble(Double::parseDouble).toArray();
        return new Measured(
                fields[0],
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                new Cell(fields[3], fields[4], Contender.of(fields[5])),
                new Figures(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]),
                fields[11]);
    }
}
