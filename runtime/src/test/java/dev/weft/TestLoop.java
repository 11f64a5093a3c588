package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.Engine;
import dev.weft.internal.VirtualTime;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A loop in virtual time that keeps what its exception handler gets. */
public final class TestLoop implements AutoCloseable {
    public final VirtualTime time = new VirtualTime();
    public final EventLoop loop = EventLoop.create(time);
    public final List<LoopError> errors = new ArrayList<>();

    public TestLoop() {
        loop.setExceptionHandler((source, error) -> errors.add(error));
    }

    /** Runs a test body in a new loop; nothing may reach its exception handler. */
    public static void run(AsyncRunnable body) {
        run(TaskFactory.LAZY, body);
    }

    /** The same; the factory makes the tasks that the body creates. */
    static void run(TaskFactory factory, AsyncRunnable body) {
        try (TestLoop test = new TestLoop()) {
            test.loop.setTaskFactory(factory);
            test.complete(body);
            test.loop.close();
            assertThat(test.errors).isEmpty();
        }
    }

    public void complete(AsyncRunnable body) {
        loop.runUntilComplete(body);
    }

    /** Lets the loop log each of its jobs, as debug mode does with long ones, but without a watchdog and stacks. */
    public void reportEachJob() {
        try {
            Field longest = Engine.class.getDeclaredField("longest");
            longest.setAccessible(true);
            longest.setLong(loop.engine, 0);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs the loop for some iterations. */
    public void iterate(int iterations) {
        for (int i = 0; i < iterations; i++) {
            loop.stop();
            loop.runForever();
        }
    }

    /** Runs the loop until a time has passed. */
    public void runFor(Duration duration) {
        loop.callLater(duration, loop::stop);
        loop.runForever();
    }

    /** Milliseconds on the clock of the loop that runs. */
    public static long millis() {
        return EventLoop.running().time() / 1_000_000;
    }

    public static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Override
    public void close() {
        loop.close();
    }
}
