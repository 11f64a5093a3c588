package dev.weft;

import org.jspecify.annotations.Nullable;

/** A {@link Asyncio#timeout timeout} expired before its body ended. */
public final class AsyncTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A timeout with a message and the cancellation that interrupted the body. */
    public AsyncTimeoutException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
