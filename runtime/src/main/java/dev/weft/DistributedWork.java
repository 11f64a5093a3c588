package dev.weft;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Work for executors that may do it on another machine. It has to travel by itself, without a reference to the loop, and its value
 * comes back by the executor's own future.
 */
final class DistributedWork {
    private DistributedWork() {}

    /** Whether the executor may send work elsewhere; those of the JDK do not. */
    static boolean mayLeave(ExecutorService executor) {
        return executor.getClass().getClassLoader() != null
                && !(executor instanceof ThreadPoolExecutor)
                && !(executor instanceof ForkJoinPool);
    }

    static <T> AsyncFuture<T> submit(EventLoop loop, ExecutorService executor, Callable<T> work) {
        Future<T> future = executor.submit(work);
        if (future instanceof CompletionStage<?> stage) {
            @SuppressWarnings("unchecked") // completed with the value of the work, as the Future
            CompletionStage<T> same = (CompletionStage<T>) stage;
            return Stages.future(loop, same);
        }
        AsyncFuture<T> waiting = loop.runInExecutor(null, () -> value(future));
        waiting.addDoneCallback(done -> {
            if (done.isCancelled()) {
                future.cancel(true);
            }
        });
        return waiting;
    }

    /** On the thread that waits. */
    private static <T> T value(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
