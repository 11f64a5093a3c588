package dev.weft.agent.tests.corpus;

import dev.weft.Coroutine;
import dev.weft.internal.Continuation;
import dev.weft.internal.Frame;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of a program does that others can see.
 *
 * @param outcome what it returned or threw
 * @param log the steps that it noted
 * @param calls how many times it called a leaf
 */
public record Trace(String outcome, List<String> log, int calls) {
    // The twin of Coroutine.run: javac does not see it, as the runtime's class files hide it.
    private static final MethodHandle RUN = findRun();

    /** Runs the program without a loop: what is suspended is resumed at once. */
    public static Trace of(Coroutine<?> program, Plan plan) {
        Suspensions.start(plan);
        String outcome;
        try {
            outcome = "returned " + describe(run(program));
        } catch (Throwable e) {
            outcome = "threw " + describe(e);
        }
        return new Trace(outcome, Suspensions.log(), Suspensions.calls());
    }

    /** The same for callers that want the very object that is returned or thrown. */
    public static @Nullable Object result(Coroutine<?> program, Plan plan) throws Throwable {
        Suspensions.start(plan);
        return run(program);
    }

    // The step of a task. Each resume body gets the outcome of the call below it, until one suspends again.
    private static @Nullable Object run(Coroutine<?> program) throws Throwable {
        Continuation co = new Continuation(null);
        Object value = RUN.invokeExact(program, co);
        Throwable failure = null;
        Frame frame = null;
        boolean suspended = co.suspended;
        if (suspended) {
            frame = co.takeFrames(null, null);
        }
        while (suspended || frame != null) {
            if (suspended) {
                suspended = false;
                value = Suspensions.resume(co);
                failure = co.failure;
                co.failure = null;
            } else {
                Frame parent = frame.parent;
                co.failure = failure;
                failure = null;
                try {
                    value = frame.point.resume(frame, co, value);
                } catch (Throwable e) {
                    failure = e;
                }
                if (co.failure != null) {
                    throw new AssertionError("nobody took the failure", co.failure);
                }
                suspended = co.suspended;
                if (suspended && failure != null) {
                    throw new AssertionError("suspended and thrown", failure);
                }
                frame = suspended ? co.takeFrames(value == frame ? frame : parent, parent) : parent;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return value;
    }

    private static MethodHandle findRun() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(Coroutine.class, "run$async", MethodType.methodType(Object.class, Continuation.class));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String describe(@Nullable Object result) {
        if (result instanceof Throwable thrown) {
            return describe(thrown);
        }
        String text = Arrays.deepToString(new Object[] {result});
        return text.substring(1, text.length() - 1);
    }

    private static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.getClass().getName());
        if (!isWordedByTheJvm(thrown)) {
            text.append(": ").append(thrown.getMessage());
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            text.append(" [suppressed ").append(describe(suppressed)).append(']');
        }
        if (thrown.getCause() != null) {
            text.append(" [caused by ").append(describe(thrown.getCause())).append(']');
        }
        return text.toString();
    }

    // Such messages name class loaders and slots.
    private static boolean isWordedByTheJvm(Throwable thrown) {
        return thrown instanceof NullPointerException || thrown instanceof ClassCastException;
    }
}
