package dev.weft;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What becomes of a failure at the border of a task, a future or a library call. */
final class Failures {
    private Failures() {}

    /** Throws errors and unchecked exceptions as they are, and a checked one as the cause of a CompletionException. */
    static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) crossing(failure);
    }

    /** The throwable that those see who wait for what failed. */
    static Throwable crossing(Throwable failure) {
        boolean unchecked = failure instanceof RuntimeException || failure instanceof Error;
        return unchecked ? failure : new CompletionException(failure);
    }

    /** Whether no code but the caller of the loop should get it, as Python's KeyboardInterrupt. */
    static boolean isFatal(@Nullable Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    /** What really failed in a foreign future. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether a foreign future was cancelled. */
    static boolean isCancellation(Throwable failure) {
        return failure instanceof CancellationException || failure instanceof CancelledError;
    }

    /** Adds to the stack trace of a cancellation where it arrives, the innermost call first. */
    static void addTrace(CancelledError error, StackTraceElement[] trace) {
        StackTraceElement[] before = error.getStackTrace();
        int longest = 32;
        if (trace.length == 0 || before.length >= longest) {
            return;
        }
        StackTraceElement[] all = new StackTraceElement[before.length + trace.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(trace, 0, all, before.length, trace.length);
        error.setStackTrace(all);
    }
}
