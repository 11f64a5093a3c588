package dev.weft.io;

import dev.weft.AsyncFuture;
import dev.weft.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on threads of the default executor, one piece at a time, in order. Who cancels the future of a piece that runs
 * takes back the question, not the work: the next piece waits for it all the same. Loop thread only.
 */
final class FileOperations {
    private final EventLoop loop;
    private final ArrayDeque<Operation<?>> waiting = new ArrayDeque<>();
    private @Nullable Operation<?> running;

    FileOperations(EventLoop loop) {
        this.loop = loop;
    }

    <T> AsyncFuture<T> add(Callable<T> work) {
        Operation<T> operation = new Operation<>(work, loop.createFuture());
        waiting.add(operation);
        if (running == null) {
            beginNext();
        }
        return operation.result;
    }

    private void beginNext() {
        running = null;
        Operation<?> next;
        while (running == null && (next = waiting.poll()) != null) {
            if (!next.result.isDone()) { // else it was cancelled before its turn
                begin(next);
            }
        }
    }

    private <T> void begin(Operation<T> operation) {
        running = operation;
        try {
            loop.runInExecutor(null, operation.work).addDoneCallback(done -> {
                beginNext();
                operation.end(done);
            });
        } catch (RuntimeException e) { // the executor takes no more work
            running = null;
            operation.result.setException(e);
        }
    }

    private record Operation<T>(Callable<T> work, AsyncFuture<T> result) {
        void end(AsyncFuture<T> done) {
            Throwable failure = done.isCancelled() ? null : done.exception();
            if (result.isDone()) {
                return;
            }
            if (done.isCancelled()) {
                result.cancel();
            } else if (failure != null) {
                result.setException(failure);
            } else {
                result.setResult(done.result());
            }
        }
    }
}
