package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A loop in virtual time that keeps what its exception handler gets. */
final class TestLoop implements AutoCloseable {
    final VirtualTime time = new VirtualTime();
    final EventLoop loop = EventLoop.create(time);
    final List<LoopError> errors = new ArrayList<>();

    TestLoop() {
        loop.setExceptionHandler((source, error) -> errors.add(error));
    }

    /** Runs a test body in a new loop; nothing may reach its exception handler. */
    static void run(AsyncRunnable body) {
        try (TestLoop test = new TestLoop()) {
            test.complete(body);
            test.loop.close();
            assertThat(test.errors).isEmpty();
        }
    }

    void complete(AsyncRunnable body) {
        loop.runUntilComplete(body);
    }

    /** Runs the loop for some iterations. */
    void iterate(int iterations) {
        for (int i = 0; i < iterations; i++) {
            loop.stop();
            loop.runForever();
        }
    }

    /** Runs the loop until a time has passed. */
    void runFor(Duration duration) {
        loop.callLater(duration, loop::stop);
        loop.runForever();
    }

    /** Milliseconds on the clock of the loop that runs. */
    static long millis() {
        return EventLoop.running().time() / 1_000_000;
    }

    static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Override
    public void close() {
        loop.close();
    }
}
