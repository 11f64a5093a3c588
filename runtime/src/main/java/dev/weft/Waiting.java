package dev.weft;

import org.jspecify.annotations.Nullable;

/** A done callback on behalf of somebody who waits, so that one can see who waits for a future. Loop thread only. */
interface Waiting {
    /** The task that waits, or a future that it waits for; null if nobody does now. */
    @Nullable
    AsyncFuture<?> waiter();
}
