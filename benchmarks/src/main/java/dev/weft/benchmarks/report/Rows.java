package dev.weft.benchmarks.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the workloads are called in tables and plots, and in which order they stand. */
final class Rows {
    private static final List<String> ORDER = List.of(
            "Switch",
            "DeepSwitch",
            "Recursion",
            "Calls",
            "CallsOutOfLine",
            "CreateAwait",
            "PingPong",
            "Skynet",
            "Sleeps",
            "TimerRearm",
            "Submit",
            Cell.PARKED);

    /** Workloads in their order, unknown ones last; variants by what their parameters say. */
    static final Comparator<Cell> BY_PLACE =
            Comparator.comparingInt(Rows::position).thenComparing(cell -> padded(cell.variant()));

    private Rows() {}

    private static int position(Cell cell) {
        int index = ORDER.indexOf(cell.workload());
        return index < 0 ? ORDER.size() : index;
    }

    /** With leading zeros, so that the order of texts is that of the numbers in them. */
    private static String padded(String variant) {
        return Pattern.compile("\\d+")
                .matcher(variant)
                .replaceAll(number -> "0".repeat(Math.max(0, 12 - number.group().length())) + number.group());
    }

    /** What a reader sees: {@code switch, 1,000 tasks}. */
    static String label(Cell cell) {
        Map<String, String> values = values(cell.variant());
        String depth = values.getOrDefault("depth", "?");
        String label = switch (cell.workload()) {
            case "Switch" -> "switch, " + count(values.get("tasks"), "task");
            case "DeepSwitch" -> "switch, " + count(depth, "call") + " deep";
            case "Recursion" -> "recursion " + values.getOrDefault("depth", "100") + " deep, one suspension, unwind";
            case "Calls" -> calls(depth) + ", inlined";
            case "CallsOutOfLine" -> calls(depth) + ", out of line";
            case "CreateAwait" -> "create and await a task";
            case "PingPong" -> "queue ping-pong";
            case "Skynet" -> "skynet, " + count(values.get("leaves"), "leaf").replace("leafs", "leaves");
            case "Sleeps" -> "a million sleeps of 0 to 1 s";
            case "TimerRearm" -> "timeout set and taken back";
            case "Submit" -> "submit from another thread";
            case Cell.PARKED -> "heap of a parked task, " + count(depth, "call") + " deep";
            default -> cell.workload();
        };
        List<String> known = List.of("depth", "tasks", "leaves");
        String more = values.entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .map(entry -> ", " + spoken(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        return label + more;
    }

    /** The parameters of a variant: {@code depth=5 inlined=true}. */
    static Map<String, String> values(String variant) {
        return Arrays.stream(variant.split(" "))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> a, TreeMap::new));
    }

    private static String spoken(String name, String value) {
        return value.matches("[A-Za-z_]+") ? value.toLowerCase(Locale.ROOT).replace('_', ' ') : name + " " + value;
    }

    private static String calls(String depth) {
        return depth.equals("1") ? "call that does not suspend" : count(depth, "nested call") + " that do not suspend";
    }

    private static String count(@Nullable String number, String thing) {
        String shown = number == null ? "?" : Amount.grouped(number);
        return shown + " " + thing + (shown.equals("1") ? "" : "s");
    }
}
