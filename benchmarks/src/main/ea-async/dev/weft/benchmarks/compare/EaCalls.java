package dev.weft.benchmarks.compare;

import static com.ea.async.Async.await;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.runAsync;

import java.util.concurrent.CompletableFuture;

/** Calls with ea-async that might suspend but never do. */
final class EaCalls {
    private EaCalls() {}

    static CompletableFuture<Integer> calls(int seed, int times) {
        int x = seed;
        for (int i = 0; i < times; i++) {
            x = await(eaLevel5(x)) & 0xFFFF;
        }
        return completedFuture(x);
    }

    static CompletableFuture<Integer> nestedCalls(int seed, int times) {
        int x = seed;
        for (int i = 0; i < times; i++) {
            x = await(eaLevel1(x)) & 0xFFFF;
        }
        return completedFuture(x);
    }

    private static CompletableFuture<Integer> eaLevel1(int x) {
        return completedFuture(await(eaLevel2(x)) + 1);
    }

    private static CompletableFuture<Integer> eaLevel2(int x) {
        return completedFuture(await(eaLevel3(x)) + 1);
    }

    private static CompletableFuture<Integer> eaLevel3(int x) {
        return completedFuture(await(eaLevel4(x)) + 1);
    }

    private static CompletableFuture<Integer> eaLevel4(int x) {
        return completedFuture(await(eaLevel5(x)) + 1);
    }

    private static CompletableFuture<Integer> eaLevel5(int x) {
        if (x < 0) {
            await(runAsync(EaCalls::step));
        }
        return completedFuture(x + 1);
    }

    private static void step() {}
}
