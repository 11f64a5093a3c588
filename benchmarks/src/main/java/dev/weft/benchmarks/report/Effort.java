package dev.weft.benchmarks.report;

/** How long a program is run in each round. An iteration takes at least one invocation. Times in milliseconds. */
record Effort(int warmups, int warmupTime, int iterations, int iterationTime) {
    private static final Effort NORMAL = new Effort(3, 500, 5, 300);
    private static final Effort BRIEF = new Effort(2, 150, 2, 150);

    // An invocation takes seconds.
    private static final Effort NORMAL_LONG = new Effort(2, 1, 2, 1);
    private static final Effort BRIEF_LONG = new Effort(1, 1, 1, 1);

    static Effort of(Cell cell, boolean brief) {
        if (cell.isLong()) {
            return brief ? BRIEF_LONG : NORMAL_LONG;
        }
        return brief ? BRIEF : NORMAL;
    }

    static String description(boolean brief) {
        Effort effort = brief ? BRIEF : NORMAL;
        Effort ofLong = brief ? BRIEF_LONG : NORMAL_LONG;
        return "%d x %d ms of warm-up, %d x %d ms measured; sleeps %d x and %d x a whole million"
                .formatted(
                        effort.warmups,
                        effort.warmupTime,
                        effort.iterations,
                        effort.iterationTime,
                        ofLong.warmups,
                        ofLong.iterations);
    }
}
