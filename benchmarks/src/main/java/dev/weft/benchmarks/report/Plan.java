package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which order the programs run. In each round each runs once on each JDK; the contenders of one variant of a workload
 * run directly after each other, so that whatever else the machine does it most likely does to all of them. From round to
 * round another contender begins, and from variant to variant the other JDK.
 */
record Plan(List<List<Program>> groups, List<Jdk> jdks) {
    private static final Set<Contender> OLD_LIBRARIES = Set.of(Contender.COMPLETABLE_FUTURE, Contender.EA_ASYNC);

    // Between two others, which tell the same.
    private static final Set<String> BETWEEN = Set.of("tasks=10", "depth=10", "leaves=100000");

    private static final Set<String> NOT_IN_SHORT = Set.of("Calls", "TimerRearm", "kind=STREAM", "tasks=1");

    /** A program on a JDK. */
    record Step(Program program, Jdk jdk) {}

    static Plan of(List<Program> programs, List<Jdk> jdks, Request request) {
        Map<Cell, List<Program>> groups = new LinkedHashMap<>();
        programs.stream()
                .filter(program -> request.wants(program.cell()) && !addsNothing(program.cell(), request.brief()))
                .sorted(Comparator.comparing((Program program) -> program.cell().isLong())
                        .thenComparing(Program::cell, Rows.BY_PLACE)
                        .thenComparing(program -> program.cell().contender()))
                .forEach(program -> groups.computeIfAbsent(program.cell().of(Contender.WEFT), key -> new ArrayList<>())
                        .add(program));
        return new Plan(List.copyOf(groups.values()), jdks);
    }

    /** The old libraries are many times slower; a few of their figures show it. The short mode keeps to what goals need. */
    private static boolean addsNothing(Cell cell, boolean brief) {
        boolean between = BETWEEN.contains(cell.variant());
        if (OLD_LIBRARIES.contains(cell.contender())) {
            return between || (brief && !cell.variant().equals("tasks=1000"));
        }
        return brief && (between || NOT_IN_SHORT.contains(cell.workload()) || NOT_IN_SHORT.contains(cell.variant()));
    }

    /** Each variant of each workload, as Weft's cell. */
    List<Cell> rows() {
        return groups.stream()
                .map(group -> group.get(0).cell().of(Contender.WEFT))
                .toList();
    }

    /** What JVMs are started with besides what all are, by workload or workloads. */
    Map<String, String> jvmArguments() {
        Map<String, Set<String>> workloads = new LinkedHashMap<>();
        for (List<Program> group : groups) {
            for (Program program : group) {
                if (!program.jvmArguments().isEmpty()) {
                    workloads
                            .computeIfAbsent(String.join(" ", program.jvmArguments()), flags -> new LinkedHashSet<>())
                            .add(program.cell().workload());
                }
            }
        }
        Map<String, String> flags = new LinkedHashMap<>();
        workloads.forEach((arguments, names) -> flags.put(String.join(", ", names), arguments));
        return flags;
    }

    /** The steps of a round; the first is number 1. */
    List<Step> round(int number) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<Program> programs = new ArrayList<>(groups.get(i));
            Collections.rotate(programs, number - 1);
            List<Jdk> order = new ArrayList<>(jdks);
            Collections.rotate(order, number + i);
            for (Jdk jdk : order) {
                for (Program program : programs) {
                    if (program.cell().contender().runsOn(jdk.feature())) {
                        steps.add(new Step(program, jdk));
                    }
                }
            }
        }
        return steps;
    }
}
