package dev.weft.benchmarks.compare;

import static com.ea.async.Async.await;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Nested calls with ea-async of which the innermost waits for a stage. */
final class EaParked {
    static int sum; // makes the calls need their argument after the stage

    private EaParked() {}

    static CompletableFuture<Void> sleep(Supplier<CompletableFuture<Void>> stage, int depth, int x) {
        if (depth > 1) {
            await(sleep(stage, depth - 1, x));
        } else {
            await(stage.get());
        }
        sum += x;
        return completedFuture(null);
    }
}
