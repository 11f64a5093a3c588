package dev.weft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link Asyncio#race}: ends when all contenders have, and the first with a value makes the others end. */
final class Race<T> {
    private final List<AsyncFuture<T>> contenders;
    private final List<Throwable> failures = new ArrayList<>(); // before there was a winner
    private AsyncFuture<@Nullable Void> change;
    private @Nullable AsyncFuture<T> winner;
    private int unfinished;
    private boolean cancelling; // each contender was cancelled, once

    private Race(EventLoop loop, List<AsyncFuture<T>> contenders) {
        this.contenders = contenders;
        unfinished = contenders.size();
        change = loop.createFuture();
        Consumer<AsyncFuture<T>> callback = new WaitingCallback<>(() -> change, this::contenderDone);
        contenders.forEach(contender -> contender.addDoneCallback(callback));
    }

    @Async
    static <T> T first(EventLoop loop, Collection<? extends Awaitable<? extends T>> contenders) {
        if (contenders.isEmpty()) {
            throw new IllegalArgumentException("There is nobody in the race. Pass at least one coroutine.");
        }
        return new Race<T>(loop, Futures.distinct(Futures.<T>of(contenders, loop))).run();
    }

    @Async
    private T run() {
        CancelledError cancellation = null;
        while (unfinished > 0) { // the wait may be cancelled, and that more than once
            try {
                change.await();
            } catch (CancelledError e) {
                cancellation = e;
                cancelAll();
                change = change.loop.createFuture();
            }
        }
        if (cancellation != null) {
            throw cancellation;
        }
        if (winner != null) {
            return winner.result();
        }
        if (failures.isEmpty()) {
            throw new CancelledError(); // each of them was cancelled
        }
        throw new ExceptionGroup("all contenders of a race have failed", failures);
    }

    private void contenderDone(AsyncFuture<T> contender) {
        unfinished--;
        Outcome<T> outcome = contender.outcome();
        if (winner == null && outcome.isSuccess()) {
            winner = contender;
            cancelAll();
        } else if (winner == null && !contender.isCancelled()) {
            failures.add(outcome.exception());
        }
        if (unfinished == 0 && !change.isDone()) {
            change.finish(null);
        }
    }

    private void cancelAll() {
        if (!cancelling) {
            cancelling = true;
            contenders.forEach(AsyncFuture::cancel);
        }
    }
}
