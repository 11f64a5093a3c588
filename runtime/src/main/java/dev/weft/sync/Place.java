package dev.weft.sync;

import dev.weft.internal.Continuation;
import dev.weft.internal.Wait;
import org.jspecify.annotations.Nullable;

/** One place in a {@link Line}. */
abstract class Place extends Wait {
    // The line's.
    @Nullable
    Place before;

    @Nullable
    Place after;

    Place(Continuation co) {
        super(co);
    }
}
