package dev.weft.sync;

import org.jspecify.annotations.Nullable;

/** Something that was acquired, to be released at the end of a {@code try}. */
public final class Held implements AutoCloseable {
    private @Nullable Runnable release; // null once it has run

    Held(Runnable release) {
        this.release = release;
    }

    /** Releases it; a second call does nothing. */
    @Override
    public void close() {
        Runnable action = release;
        release = null;
        if (action != null) {
            action.run();
        }
    }
}
