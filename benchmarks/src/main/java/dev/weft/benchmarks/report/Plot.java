package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bars of one group of workloads: a file of its own. */
record Plot(String file, String title, String svg) {
    private static final Map<String, List<String>> WORKLOADS = Map.of(
            "switch", List.of("Switch", "DeepSwitch", "Recursion"),
            "calls", List.of("Calls", "CallsOutOfLine"),
            "tasks", List.of("CreateAwait", "PingPong", "Submit", "TimerRearm"),
            "many", List.of("Skynet", "Sleeps"),
            "heap", List.of(Cell.PARKED));

    /** The plots for which there are figures. */
    static List<Plot> all(Results results) {
        List<Plot> plots = new ArrayList<>();
        add(plots, results, "switch", "Switches and recursion: processor time, log scale");
        add(plots, results, "calls", "Calls that do not suspend: processor time, log scale");
        add(plots, results, "tasks", "Tasks, queues, timeouts, other threads: processor time, log scale");
        add(plots, results, "many", "Very many tasks: processor time, log scale");
        add(plots, results, "heap", "Heap of a parked task, log scale");
        return plots;
    }

    private static void add(List<Plot> plots, Results results, String name, String title) {
        List<Cell> rows = results.rows().stream()
                .filter(row -> WORKLOADS.getOrDefault(name, List.of()).contains(row.workload()))
                .toList();
        if (!rows.isEmpty()) {
            plots.add(new Plot("comparison-" + name + ".svg", title, new BarChart(title, results, rows).svg()));
        }
    }
}
