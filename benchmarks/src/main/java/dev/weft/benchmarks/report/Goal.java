package dev.weft.benchmarks.report;

import java.util.List;

/** A line that Weft wants to reach: a figure, or a ratio or difference of two, that shall be at least or at most so much. */
record Goal(String measure, Kind kind, Cell first, Cell second, Limit on17, Limit later) {
    /** What must be, and what is hoped for. */
    record Limit(double bound, double aim) {}

    /** How the two cells make the figure. */
    enum Kind {
        /** The second is Weft, the first somebody else: at least. */
        TIMES_FASTER,

        /** The first is Weft: at most. */
        TIMES_SLOWER,

        /** By how many nanoseconds the first, Weft, takes more than the second: at most. */
        NANOS_MORE,

        /** Bytes that the first allocates; the second does not matter: at most. */
        ALLOCATED,

        /** Bytes of heap of the first; the second does not matter: at most. */
        HEAP
    }

    /** NaN if it was not measured on that JDK. */
    double measured(Results results, int jdk) {
        return switch (kind) {
            case TIMES_FASTER, TIMES_SLOWER -> results.ratio(jdk, first, second);
            case NANOS_MORE -> results.difference(jdk, first, second);
            case ALLOCATED -> results.bytes(jdk, first);
            case HEAP -> results.value(jdk, first);
        };
    }

    boolean isMet(double measured, int jdk) {
        double bound = limit(jdk).bound();
        // Allocation of the first few operations, and of the loop itself, is spread over all: not a byte for each.
        return kind == Kind.TIMES_FASTER ? measured >= bound : measured <= bound + (kind == Kind.ALLOCATED ? 0.5 : 0);
    }

    Limit limit(int jdk) {
        return jdk < 21 ? on17 : later;
    }

    /** The unit of what is measured. */
    String unit() {
        return switch (kind) {
            case TIMES_FASTER, TIMES_SLOWER -> "x";
            case NANOS_MORE -> " ns";
            case ALLOCATED, HEAP -> " B";
        };
    }

    /** All of them. */
    static List<Goal> all() {
        Cell thousand = weft("Switch", "tasks=1000");
        Cell create = weft("CreateAwait", "");
        Cell pingPong = weft("PingPong", "");
        Cell skynet = weft("Skynet", "leaves=1000000");
        Cell sleeps = weft("Sleeps", "");
        Cell call = weft("CallsOutOfLine", "depth=1");
        Cell chain = weft("CallsOutOfLine", "depth=5");
        Cell recursion = weft("Recursion", "");
        Cell parked = weft(Cell.PARKED, "depth=1");
        Cell deepParked = weft(Cell.PARKED, "depth=5");
        return List.of(
                faster("switch, 1,000 tasks", Contender.KOTLIN, thousand, 4, 5),
                faster("switch, 1,000 tasks", Contender.VIRTUAL_THREADS, thousand, 15, 20),
                slower("switch, 1,000 tasks, against callbacks", thousand, thousand.of(Contender.CALLBACKS), 2, 1.6),
                slower(
                        "switch, 100 calls deep against 1",
                        weft("DeepSwitch", "depth=100"),
                        weft("DeepSwitch", "depth=1"),
                        1.25,
                        1.1),
                new Goal(
                        "call that does not suspend, out of line, above plain Java",
                        Kind.NANOS_MORE,
                        call,
                        call.of(Contender.PLAIN),
                        new Limit(0.6, 0.4),
                        new Limit(0.6, 0.4)),
                allocated("the same: allocated", call, 0, 0),
                new Goal(
                        "5 such calls, out of line, against Kotlin coroutines",
                        Kind.TIMES_FASTER,
                        chain.of(Contender.KOTLIN),
                        chain,
                        new Limit(4, 4.8),
                        new Limit(2, 2.5)),
                faster("create and await", Contender.KOTLIN, create, 10, 15),
                faster("create and await", Contender.VIRTUAL_THREADS, create, 10, 15),
                allocated("create and await: allocated", create, 160, 112),
                faster("queue ping-pong", Contender.KOTLIN, pingPong, 10, 20),
                faster("queue ping-pong", Contender.VIRTUAL_THREADS, pingPong, 15, 28),
                faster("skynet, 1,000,000 leaves", Contender.KOTLIN, skynet, 6, 12),
                faster("skynet, 1,000,000 leaves", Contender.VIRTUAL_THREADS, skynet, 8, 20),
                faster("a million sleeps of 0 to 1 s", Contender.KOTLIN, sleeps, 5, 8),
                faster("a million sleeps of 0 to 1 s", Contender.VIRTUAL_THREADS, sleeps, 5, 8),
                heap("heap of a parked task, 1 call deep", parked, 150, 110),
                heap("heap of a parked task, 5 calls deep", deepParked, 260, 210),
                new Goal(
                        "recursion 100 deep and unwind, against Kotlin coroutines",
                        Kind.TIMES_FASTER,
                        recursion.of(Contender.KOTLIN),
                        recursion,
                        new Limit(2, 3),
                        new Limit(1.3, 1.7)));
    }

    private static Cell weft(String workload, String variant) {
        return new Cell(workload, variant, Contender.WEFT);
    }

    private static Goal faster(String measure, Contender than, Cell weft, double bound, double aim) {
        return goal(measure + ", against " + than.label, Kind.TIMES_FASTER, weft.of(than), weft, bound, aim);
    }

    private static Goal slower(String measure, Cell first, Cell second, double bound, double aim) {
        return goal(measure, Kind.TIMES_SLOWER, first, second, bound, aim);
    }

    private static Goal allocated(String measure, Cell cell, double bound, double aim) {
        return goal(measure, Kind.ALLOCATED, cell, cell, bound, aim);
    }

    private static Goal heap(String measure, Cell cell, double bound, double aim) {
        return goal(measure, Kind.HEAP, cell, cell, bound, aim);
    }

    private static Goal goal(String measure, Kind kind, Cell first, Cell second, double bound, double aim) {
        Limit limit = new Limit(bound, aim);
        return new Goal(measure, kind, first, second, limit, limit);
    }
}
