package dev.weft.benchmarks.compare;

/** By how much the used heap grows. */
final class Heap {
    private long before;
    private long after;

    void begin() {
        before = used();
    }

    void end() {
        after = used();
    }

    /** Bytes between begin and end. */
    long growth() {
        return after - before;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
