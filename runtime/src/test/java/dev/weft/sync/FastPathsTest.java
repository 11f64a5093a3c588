package dev.weft.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weft.AsyncRunnable;
import dev.weft.TestLoop;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What need not wait makes no objects. */
class FastPathsTest {
    private static final int TIMES = 20_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static void assertAllocatesNothing(AsyncRunnable operation) {
        TestLoop.run(() -> {
            operation.run(); // loads classes
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < TIMES; i++) {
                operation.run();
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).isLessThan(TIMES); // less than a byte for each
        });
    }

    @Test
    void lock() {
        AsyncLock lock = new AsyncLock();
        assertAllocatesNothing(() -> {
            lock.acquire();
            lock.release();
        });
    }

    @Test
    void semaphore() {
        AsyncSemaphore semaphore = new AsyncSemaphore(2);
        assertAllocatesNothing(() -> {
            semaphore.acquire();
            semaphore.release();
        });
    }

    @Test
    void event() {
        AsyncEvent event = new AsyncEvent();
        assertAllocatesNothing(() -> {
            event.set();
            event.await();
            event.clear();
        });
    }

    @Test
    void queue() {
        AsyncQueue<String> queue = AsyncQueue.fifo(2);
        assertAllocatesNothing(() -> {
            queue.put("item");
            queue.get();
            queue.taskDone();
            queue.join();
        });
    }
}
