package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** What was to be reached, and what was, in Markdown. */
final class GoalTable {
    private final Results results;

    GoalTable(Results results) {
        this.results = results;
    }

    List<String> lines() {
        List<Integer> jdks = results.jdks();
        List<String> lines = new ArrayList<>();
        lines.add("| measure | goal | aim | "
                + joined(jdks.stream().map(jdk -> "JDK " + jdk).toList()) + " met |");
        lines.add("|---|---|---|" + "---|".repeat(jdks.size() + 1));
        for (Goal goal : Goal.all()) {
            List<String> measured = new ArrayList<>();
            List<Integer> missed = new ArrayList<>();
            for (int jdk : jdks) {
                double amount = goal.measured(results, jdk);
                measured.add(Double.isNaN(amount) ? "" : Amount.digits(amount) + goal.unit());
                if (!Double.isNaN(amount) && !goal.isMet(amount, jdk)) {
                    missed.add(jdk);
                }
            }
            if (measured.stream().allMatch(String::isEmpty)) {
                continue; // not part of these runs
            }
            String kind = goal.kind() == Goal.Kind.TIMES_FASTER ? "at least " : "at most ";
            lines.add("| " + goal.measure() + " | " + kind
                    + both(goal, goal.on17().bound(), goal.later().bound()) + " | "
                    + both(goal, goal.on17().aim(), goal.later().aim()) + " | " + joined(measured) + " "
                    + (missed.isEmpty()
                            ? "yes"
                            : "**no**" + (missed.size() < jdks.size() ? " on " + listed(missed) : ""))
                    + " |");
        }
        return lines;
    }

    private static String both(Goal goal, double on17, double later) {
        String last = Amount.plain(later) + goal.unit();
        return on17 == later ? last : Amount.plain(on17) + goal.unit() + " / " + last;
    }

    private static String joined(List<String> cells) {
        return String.join(" | ", cells) + " |";
    }

    private static String listed(List<Integer> numbers) {
        return String.join(", ", numbers.stream().map(String::valueOf).toList());
    }
}
