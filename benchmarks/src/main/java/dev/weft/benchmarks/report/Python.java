package dev.weft.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same workloads with CPython's asyncio, for scale: one process does all that are asked for. */
public final class Python {
    private static final String COMMAND = "python3";

    private final Path script;

    Python(Path script) {
        this.script = script;
    }

    /** Its version, if it is installed. */
    public static Optional<String> version() throws InterruptedException {
        try {
            return Optional.of(Child.output(List.of(COMMAND, "--version")).strip());
        } catch (IOException | IllegalStateException absent) {
            return Optional.empty();
        }
    }

    /** Runs those of these workloads that it has. */
    List<Measured> run(String run, int round, boolean brief, List<Cell> rows) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(COMMAND, script.toString(), brief ? "short" : "long"));
        rows.forEach(row -> command.add((row.workload() + " " + row.variant()).strip()));
        return Child.output(command)
                .lines()
                .map(line -> parse(run, round, line))
                .toList();
    }

    /** A line is a workload, its variant, nanoseconds and nanoseconds of processor time for an operation; or bytes. */
    static Measured parse(String run, int round, String line) {
        String[] fields = line.split("\t", -1);
        Cell cell = new Cell(fields[0], fields[1], Contender.PYTHON);
        double first = Double.parseDouble(fields[2]);
        double second = Double.parseDouble(fields[3]);
        Figures figures = cell.isHeap()
                ? new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, first)
                : new Figures(first, Double.NaN, second, Double.NaN, Double.NaN);
        return new Measured(run, round, 0, cell, figures, "");
    }
}
