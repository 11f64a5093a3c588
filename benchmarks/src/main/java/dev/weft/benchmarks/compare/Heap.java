package dev.weft.benchmarks.compare;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

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

    /** What the last collection has left: what counts as free later on lacks the rest of each thread's buffer. */
    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long used = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                used += pool.getCollectionUsage().getUsed();
            }
        }
        return used;
    }
}
