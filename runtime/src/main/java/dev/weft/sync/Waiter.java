package dev.weft.sync;

import dev.weft.AsyncFuture;
import org.jspecify.annotations.Nullable;

/** One place in a {@link WaitQueue}. */
final class Waiter {
    /** Done when the waiter is woken, cancelled when its task is. */
    final AsyncFuture<@Nullable Void> turn;

    // The queue's.
    @Nullable
    Waiter before;

    @Nullable
    Waiter after;

    Waiter(AsyncFuture<@Nullable Void> turn) {
        this.turn = turn;
    }

    /** Whether its turn has come, which a cancelled task has to pass on. */
    boolean isWoken() {
        return turn.isDone() && !turn.isCancelled();
    }
}
