package dev.weft.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The short table of the README: the rows that say most, on the newest JDK that was measured. */
final class ReadmeTable {
    private static final String BEGIN = "<!-- comparison -->";
    private static final String END = "<!-- /comparison -->";

    private static final List<Cell> ROWS = List.of(
            weft("Switch", "tasks=1000"),
            weft("DeepSwitch", "depth=100"),
            weft("Recursion", ""),
            weft("CallsOutOfLine", "depth=5"),
            weft("CreateAwait", ""),
            weft("PingPong", ""),
            weft("Skynet", "leaves=1000000"),
            weft("Sleeps", ""),
            weft(Cell.PARKED, "depth=1"),
            weft(Cell.PARKED, "depth=5"));
    private static final List<Contender> COLUMNS = List.of(
            Contender.WEFT,
            Contender.KOTLIN,
            Contender.VIRTUAL_THREADS,
            Contender.COMPLETABLE_FUTURE,
            Contender.PYTHON);

    private final Results results;

    ReadmeTable(Results results) {
        this.results = results;
    }

    List<String> lines() {
        int jdk = results.jdks().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Contender> columns = COLUMNS.stream()
                .filter(column -> ROWS.stream()
                        .anyMatch(row -> !written(jdk, row.of(column)).isEmpty()))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("| JDK " + jdk + " | "
                + String.join(" | ", columns.stream().map(c -> c.label).toList()) + " |");
        lines.add("|---" + "|---".repeat(columns.size()) + "|");
        for (Cell row : ROWS) {
            List<String> cells =
                    columns.stream().map(column -> written(jdk, row.of(column))).toList();
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                lines.add("| " + Rows.label(row) + " | " + String.join(" | ", cells) + " |");
            }
        }
        return lines;
    }

    private String written(int jdk, Cell cell) {
        double value = results.value(jdk, cell);
        if (Double.isNaN(value)) {
            return "";
        }
        String amount = cell.written(value);
        double ratio = results.ratio(jdk, cell, cell.of(Contender.WEFT));
        return cell.contender() == Contender.WEFT || Double.isNaN(ratio) ? amount : amount + ", " + Amount.times(ratio);
    }

    /** Puts the table between the two marks of that file, if it has them, and tells whether it has. */
    boolean putInto(Path readme) throws IOException {
        String text = Files.exists(readme) ? Files.readString(readme) : "";
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            return false;
        }
        Files.writeString(
                readme,
                text.substring(0, begin + BEGIN.length()) + "\n" + String.join("\n", lines()) + "\n"
                        + text.substring(end));
        return true;
    }

    private static Cell weft(String workload, String variant) {
        return new Cell(workload, variant, Contender.WEFT);
    }
}
