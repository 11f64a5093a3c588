package dev.weft.benchmarks.soak;

import static dev.weft.Asyncio.sleep;

import dev.weft.Async;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Heap and descriptors of this process, looked at while nothing is going on. */
final class Growth {
    private static final long MOST_BYTES = 2_000_000;

    private final long descriptors;
    private final List<Long> heaps = new ArrayList<>();
    private long moreDescriptors;

    @Async
    static Growth begin() throws IOException {
        sleep(Duration.ofMillis(500)); // both sides have ended, and their selectors forget what was closed
        return new Growth(Descriptors.open());
    }

    private Growth(long descriptors) {
        this.descriptors = descriptors;
        heaps.add(LiveHeap.bytes());
    }

    @Async
    void print(long visits) throws IOException {
        sleep(Duration.ofMillis(500));
        moreDescriptors = Descriptors.open() - descriptors;
        long heap = LiveHeap.bytes();
        System.out.printf(
                Locale.ROOT,
                "%,10d visits, descriptors %+d, live heap %,d bytes (%+,d)%n",
                visits,
                moreDescriptors,
                heap,
                heap - heaps.get(0));
        heaps.add(heap);
    }

    void check() {
        long more = heaps.get(heaps.size() - 1) - heaps.get(heaps.size() > 2 ? 1 : 0);
        if (moreDescriptors > 0 || more > MOST_BYTES) {
            throw new IllegalStateException(moreDescriptors + " descriptors and " + more + " bytes are left.");
        }
    }
}
