package dev.weft.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncConsumer;
import dev.weft.AsyncFuture;
import dev.weft.AsyncRunnable;
import dev.weft.Asyncio;
import dev.weft.EventLoop;
import dev.weft.LoopError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A loop in real time for tests with sockets of this machine. Nothing sleeps; who waits for ever is ended. */
final class Loopback {
    static final String HOST = "127.0.0.1";
    private static final Duration TOO_LONG = Duration.ofSeconds(30);

    final EventLoop loop = EventLoop.create();
    final List<LoopError> errors = new ArrayList<>();

    private Loopback() {
        loop.setExceptionHandler((source, error) -> errors.add(error));
    }

    /** Runs a test; nothing may reach the exception handler, and no task may be left. */
    static void run(AsyncRunnable body) {
        runWithErrors(loopback -> {
            body.run();
            assertThat(loopback.errors).isEmpty();
        });
    }

    /** Runs a test that looks at the errors itself. */
    static void runWithErrors(AsyncConsumer<Loopback> body) {
        Loopback loopback = new Loopback();
        try (EventLoop loop = loopback.loop) {
            loop.runUntilComplete(() -> {
                Asyncio.waitFor((AsyncRunnable) () -> body.accept(loopback), TOO_LONG);
                assertThat(Asyncio.allTasks()).hasSize(1);
            });
            loop.runUntilComplete(() -> loop.shutdownDefaultExecutor());
        }
    }

    /** A future that the test completes. */
    static <T> AsyncFuture<T> event() {
        return EventLoop.running().createFuture();
    }
}
