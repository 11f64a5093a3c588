package dev.weft;

import org.jspecify.annotations.Nullable;

/** The outcome of a future that failed. Loop thread only. */
final class Failure {
    /** As it was thrown. */
    final Throwable exception;

    /** Where the loop keeps it in mind as long as nobody has looked at it. */
    @Nullable
    Unobserved unobserved;

    Failure(Throwable exception) {
        this.exception = exception;
    }

    /** Gives the exception to somebody: it will not be reported. */
    Throwable observe() {
        if (unobserved != null) {
            unobserved.forget();
            unobserved = null;
        }
        return exception;
    }
}
