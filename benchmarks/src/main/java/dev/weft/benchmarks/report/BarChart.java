package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Bars on a logarithmic scale, as SVG: for each workload a bar of each contender, or two, if there are two JDKs. Its
 * colours follow the reader's choice of a light or a dark page.
 */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int LEFT = 150; // of the bars; the names of contenders stand before them
    private static final int RIGHT = 610; // of the bars; figures stand behind them
    private static final int TOP = 76;
    private static final int TITLE = 26; // height of a workload's name
    private static final int BAR = 8;
    private static final int CONTENDER = 20; // height of its bars, with room around them
    private static final int BETWEEN = 8;

    private static final String STYLE = """
            text{font:12px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}
            .page{fill:#fff}.title{font-size:15px;font-weight:600}.row{font-weight:600}.quiet{fill:#59636e;stroke:#fff;stroke-width:3px;paint-order:stroke}.end{text-anchor:end}.middle{text-anchor:middle}
            .grid{stroke:#d1d9e0;stroke-width:1}.old{opacity:.5}
            .weft{fill:#0969da}.callbacks,.plain{fill:#848d97}.kotlin{fill:#8250df}.virtualThreads{fill:#bc4c00}.completableFuture{fill:#9a6700}.eaAsync{fill:#bf3989}.python{fill:#1a7f37}
            @media(prefers-color-scheme:dark){text{fill:#f0f6fc}.page{fill:#0d1117}.quiet{fill:#9198a1;stroke:#0d1117}.grid{stroke:#3d444d}
            .weft{fill:#4493f8}.callbacks,.plain{fill:#848d97}.kotlin{fill:#ab7df8}.virtualThreads{fill:#db6d28}.completableFuture{fill:#d29922}.eaAsync{fill:#db61a2}.python{fill:#3fb950}}
            """;

    private final String title;
    private final Results results;
    private final List<Cell> rows;
    private final List<Integer> jdks;
    private final StringBuilder body = new StringBuilder();

    BarChart(String title, Results results, List<Cell> rows) {
        this.title = title;
        this.results = results;
        this.rows = rows;
        jdks = results.jdks();
    }

    /** The whole file. */
    String svg() {
        LogScale scale = LogScale.of(
                rows.stream()
                        .flatMap(row -> present(row).stream())
                        .flatMap(cell -> bars(cell).stream())
                        .map(Bar::value)
                        .toList(),
                LEFT,
                RIGHT);
        int y = TOP;
        for (Cell row : rows) {
            y = draw(row, y, scale);
        }
        int height = y + 6;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n"
                        .formatted(WIDTH, height, WIDTH, height));
        svg.append("<title>").append(escaped(title)).append("</title>\n");
        svg.append("<style>\n").append(STYLE).append("</style>\n");
        svg.append("<rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"6\"/>%n".formatted(WIDTH, height));
        svg.append(text("title", 14, 24, title));
        svg.append(text("quiet", 14, 44, legend()));
        for (double tick : scale.ticks()) {
            double x = scale.place(tick);
            svg.append("<path class=\"grid\" d=\"M%s %dV%d\"/>%n".formatted(number(x), TOP, y));
            svg.append(text("quiet middle", x, TOP - 6, rows.get(0).isHeap() ? wholeBytes(tick) : wholeTime(tick)));
        }
        return svg.append(body).append("</svg>\n").toString();
    }

    /** A JDK's figure of a cell; JDK 0 for what has none. */
    private record Bar(int jdk, double value) {}

    private List<Bar> bars(Cell cell) {
        List<Bar> bars = new ArrayList<>();
        for (int jdk : cell.contender() == Contender.PYTHON ? List.of(0) : jdks) {
            double value = results.value(jdk, cell);
            if (value > 0) { // neither NaN nor too little to be measured
                bars.add(new Bar(jdk, value));
            }
        }
        return bars;
    }

    private List<Cell> present(Cell row) {
        return Arrays.stream(Contender.values())
                .map(row::of)
                .filter(cell -> !bars(cell).isEmpty())
                .toList();
    }

    /** Draws a workload, and gives back where the next one begins. */
    private int draw(Cell row, int top, LogScale scale) {
        body.append(text("row", 14, top + 17, Rows.label(row)));
        int y = top + TITLE;
        for (Cell cell : present(row)) {
            List<Bar> bars = bars(cell);
            double first = y + (CONTENDER - bars.size() * BAR) / 2.0;
            double end = LEFT;
            for (int i = 0; i < bars.size(); i++) {
                Bar bar = bars.get(i);
                double x = scale.place(bar.value());
                end = Math.max(end, x);
                boolean old = bar.jdk() != 0 && jdks.size() > 1 && bar.jdk() == jdks.get(0);
                body.append("<rect class=\"%s\" x=\"%d\" y=\"%s\" width=\"%s\" height=\"%d\"/>%n"
                        .formatted(
                                cell.contender().id + (old ? " old" : ""),
                                LEFT,
                                number(first + i * BAR),
                                number(x - LEFT),
                                BAR - 1));
            }
            int baseline = y + CONTENDER / 2 + 4;
            body.append(text(
                    cell.contender() == Contender.WEFT ? "end row" : "end",
                    LEFT - 8,
                    baseline,
                    cell.contender().label));
            String figures = String.join(
                    " / ", bars.stream().map(bar -> cell.written(bar.value())).toList());
            body.append(text("quiet", end + 6, baseline, figures));
            y += CONTENDER;
        }
        return y + BETWEEN;
    }

    private String legend() {
        return jdks.size() > 1
                ? "pale bar and first figure: JDK %d; full bar and second figure: JDK %d"
                        .formatted(jdks.get(0), jdks.get(1))
                : "JDK " + jdks.stream().map(String::valueOf).findFirst().orElse("?");
    }

    /** A power of ten. */
    private static String wholeTime(double nanos) {
        if (nanos < 1) {
            return "%s ns".formatted(String.format(Locale.ROOT, "%." + (int) -Math.log10(nanos) + "f", nanos));
        }
        String[] units = {"ns", "us", "ms", "s"};
        int unit = Math.min(3, (int) Math.floor(Math.log10(nanos) / 3 + 1e-9));
        return Math.round(nanos / Math.pow(1000, unit)) + " " + units[unit];
    }

    private static String wholeBytes(double bytes) {
        return String.format(Locale.ROOT, "%,.0f B", bytes);
    }

    private static String text(String kind, double x, double y, String text) {
        return "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>%n".formatted(kind, number(x), number(y), escaped(text));
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
