package dev.weft.benchmarks.compare;

import static com.ea.async.Async.await;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.runAsync;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Nested calls with ea-async, each of which needs the result of the next. */
final class EaDepth {
    private EaDepth() {}

    static CompletableFuture<Integer> switchAtDepth(Executor executor, int depth, int times) {
        if (depth > 1) {
            return completedFuture(await(switchAtDepth(executor, depth - 1, times)) + 1);
        }
        for (int i = 0; i < times; i++) {
            await(runAsync(EaDepth::step, executor));
        }
        return completedFuture(1);
    }

    static CompletableFuture<Integer> recurse(Executor executor, int depth) {
        if (depth > 0) {
            return completedFuture(await(recurse(executor, depth - 1)) + 1);
        }
        await(runAsync(EaDepth::step, executor));
        return completedFuture(0);
    }

    private static void step() {}
}
