package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All figures on one JDK, in Markdown: a row for each variant of a workload, a column for each contender. */
final class FigureTable {
    private static final int LONGEST = 200; // of a note

    private final Results results;
    private final int jdk;
    private final Set<String> notes = new LinkedHashSet<>();

    FigureTable(Results results, int jdk) {
        this.results = results;
        this.jdk = jdk;
    }

    List<String> lines() {
        List<Contender> columns = Arrays.stream(Contender.values())
                .filter(contender -> results.rows().stream().anyMatch(row -> isKnown(row.of(contender))))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("| | "
                + String.join(
                        " | ", columns.stream().map(column -> column.label).toList()) + " |");
        lines.add("|---" + "|---".repeat(columns.size()) + "|");
        for (Cell row : results.rows()) {
            List<String> cells =
                    columns.stream().map(row::of).map(this::written).toList();
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                lines.add("| " + Rows.label(row) + " | " + String.join(" | ", cells) + " |");
            }
        }
        int number = 1;
        for (String note : notes) {
            lines.add("");
            lines.add("(" + number++ + ") " + note);
        }
        return lines;
    }

    private boolean isKnown(Cell cell) {
        return !Double.isNaN(results.value(jdk, cell))
                || results.failure(jdk, cell).isPresent();
    }

    private String written(Cell cell) {
        double value = results.value(jdk, cell);
        if (Double.isNaN(value)) {
            return results.failure(jdk, cell).map(this::note).orElse("");
        }
        StringBuilder text = new StringBuilder(cell.written(value));
        double bytes = results.bytes(jdk, cell);
        if (!cell.isHeap() && bytes >= 1) {
            text.append(" (").append(Amount.bytes(bytes)).append(')');
        }
        double ratio = results.ratio(jdk, cell, cell.of(Contender.WEFT));
        if (cell.contender() != Contender.WEFT && !Double.isNaN(ratio)) {
            text.append(", ").append(Amount.times(ratio));
        }
        return text.toString();
    }

    private String note(String failure) {
        notes.add(shortened(failure));
        return "fails (" + (List.copyOf(notes).indexOf(shortened(failure)) + 1) + ")";
    }

    private static String shortened(String failure) {
        String text = failure.replace("|", "/");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
