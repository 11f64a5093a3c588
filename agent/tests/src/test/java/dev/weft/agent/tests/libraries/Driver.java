package dev.weft.agent.tests.libraries;

import dev.weft.internal.Continuation;
import dev.weft.internal.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What callers that were not rewritten use instead of {@link Continuation#REFUSING} here: code that suspends is resumed at
 * once, again and again, until it has its result. Any thread; each call has a continuation of its own.
 */
public final class Driver {
    private Driver() {}

    public static Continuation begin() {
        return new Continuation(null);
    }

    public static void finish(Continuation co) {
        finish(null, co);
    }

    public static int finish(int result, Continuation co) {
        return isFinished(co) ? result : (int) co.primitive;
    }

    public static long finish(long result, Continuation co) {
        return isFinished(co) ? result : co.primitive;
    }

    public static float finish(float result, Continuation co) {
        return isFinished(co) ? result : Float.intBitsToFloat((int) co.primitive);
    }

    public static double finish(double result, Continuation co) {
        return isFinished(co) ? result : Double.longBitsToDouble(co.primitive);
    }

    private static boolean isFinished(Continuation co) {
        if (!co.suspended) {
            return true;
        }
        finish(null, co);
        return false;
    }

    // The steps of a task. Each resume body gets the outcome of the call below it, until one suspends again.
    public static @Nullable Object finish(@Nullable Object result, Continuation co) {
        if (!co.suspended) {
            return result;
        }
        Frame frame = co.takeFrames(null, null);
        Object value = null; // the leaf's
        Throwable failure = null;
        while (frame != null) {
            Frame parent = frame.parent;
            co.failure = failure;
            failure = null;
            try {
                value = frame.point.resume(frame, co, value);
            } catch (Throwable e) {
                failure = e;
            }
            boolean suspended = co.suspended;
            if (co.failure != null || suspended && failure != null) {
                throw new AssertionError("nobody took the failure, or both suspended and thrown");
            }
            if (suspended) {
                frame = co.takeFrames(value == frame ? frame : parent, parent);
                value = null;
            } else {
                frame = parent;
            }
        }
        if (failure != null) {
            throw Driver.<RuntimeException>unchecked(failure);
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
