package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Questions about a loop that any thread may ask. */
final class Inquiry {
    private static final long PATIENCE_MILLIS = 1000;
    private static final int ATTEMPTS = 10;

    private Inquiry() {}

    /**
     * The answer to a question that is for the loop's thread. If that does not answer, as something blocks it, the caller
     * looks itself: then little can change under its eyes.
     */
    static <A> A ask(EventLoop loop, Supplier<A> question) {
        if (loop.isRunning() && !loop.state.isThisThread()) {
            CompletableFuture<A> answer = new CompletableFuture<>();
            loop.engine.post(new Job() {
                @Override
                protected void run(Continuation co) {
                    try {
                        answer.complete(question.get());
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                }
            });
            try {
                return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                return look(question);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return look(question);
            }
        }
        return question.get();
    }

    private static <A> A look(Supplier<A> question) {
        for (int attempt = 1; ; attempt++) {
            try {
                return question.get();
            } catch (RuntimeException e) { // something has changed after all
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
