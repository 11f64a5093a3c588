package dev.weft.benchmarks.compare;

import static com.ea.async.Async.await;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.runAsync;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Steps of ea-async: each waits for a stage that the executor has yet to run. */
final class EaSwitch {
    private EaSwitch() {}

    static CompletableFuture<Void> repeat(Executor executor, int times) {
        for (int i = 0; i < times; i++) {
            await(runAsync(EaSwitch::step, executor));
        }
        return completedFuture(null);
    }

    private static void step() {}
}
