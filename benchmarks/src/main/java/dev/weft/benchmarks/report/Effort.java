package dev.weft.benchmarks.report;

/**
 * How long a program is run in each round. An iteration takes at least one invocation. Times in milliseconds.
 *
 * <p>Where the fastest iteration counts they are short and many: on a core that is shared with strangers there is an
 * undisturbed one among them. Where collections belong to the work they are long enough for some.
 */
record Effort(int warmups, int warmupTime, int iterations, int iterationTime) {
    private static final Effort NORMAL = new Effort(3, 500, 30, 50);
    private static final Effort BRIEF = new Effort(2, 150, 4, 50);

    private static final Effort NORMAL_PROCESS = new Effort(3, 500, 5, 300);
    private static final Effort BRIEF_PROCESS = new Effort(2, 150, 2, 150);

    // An invocation takes seconds.
    private static final Effort NORMAL_LONG = new Effort(2, 1, 2, 1);
    private static final Effort BRIEF_LONG = new Effort(1, 1, 1, 1);

    static Effort of(Cell cell, boolean brief) {
        if (cell.isLong()) {
            return brief ? BRIEF_LONG : NORMAL_LONG;
        }
        if (cell.usesOtherThreads()) {
            return brief ? BRIEF_PROCESS : NORMAL_PROCESS;
        }
        return brief ? BRIEF : NORMAL;
    }

    static String description(boolean brief) {
        Effort ofLong = brief ? BRIEF_LONG : NORMAL_LONG;
        return "%s; skynet and submit %s; sleeps %d x and %d x a whole million"
                .formatted(
                        brief ? BRIEF : NORMAL,
                        brief ? BRIEF_PROCESS : NORMAL_PROCESS,
                        ofLong.warmups,
                        ofLong.iterations);
    }

    @Override
    public String toString() {
        return warmups + " x " + warmupTime + " ms of warm-up, " + iterations + " x " + iterationTime + " ms measured";
    }
}
