package dev.weft.benchmarks.soak;

import java.lang.management.ManagementFactory;

/** What is left of the heap after collections. */
final class LiveHeap {
    private LiveHeap() {}

    static long bytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
