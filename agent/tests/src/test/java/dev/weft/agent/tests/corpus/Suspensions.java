package dev.weft.agent.tests.corpus;

import dev.weft.Async;
import dev.weft.internal.Continuation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leaves of all test programs: each returns its argument, after a suspension if the running {@link Plan} says so.
 *
 * <p>Their twins are written by hand, which the weaver allows in packages below {@code dev.weft}. One thread at a time.
 */
public final class Suspensions {
    // What the run in progress does, and how far it has come.
    private static Plan plan = Plan.nothingSuspends();
    private static List<String> log = new ArrayList<>();
    private static int calls;
    private static @Nullable List<Integer> lines; // of the calls, if anybody wants to know

    // With what the suspended call is to be resumed.
    private static @Nullable Object value;
    private static long primitive;
    private static @Nullable Throwable failure;

    private Suspensions() {}

    /** Notes a step of the program for the comparison of runs. */
    public static void log(Object step) {
        log.add(String.valueOf(step));
    }

    /** A reference. */
    @Async
    public static <T> T p(T value) {
        return p$async(value, Continuation.REFUSING);
    }

    public static <T> T p$async(T value, Continuation co) {
        return suspends(co, value, 0, null) ? null : value;
    }

    @Async
    public static int i(int value) {
        return i$async(value, Continuation.REFUSING);
    }

    public static int i$async(int value, Continuation co) {
        return suspends(co, null, value, null) ? 0 : value;
    }

    @Async
    public static long l(long value) {
        return l$async(value, Continuation.REFUSING);
    }

    public static long l$async(long value, Continuation co) {
        return suspends(co, null, value, null) ? 0 : value;
    }

    @Async
    public static float f(float value) {
        return f$async(value, Continuation.REFUSING);
    }

    public static float f$async(float value, Continuation co) {
        return suspends(co, null, Float.floatToRawIntBits(value), null) ? 0 : value;
    }

    @Async
    public static double d(double value) {
        return d$async(value, Continuation.REFUSING);
    }

    public static double d$async(double value, Continuation co) {
        return suspends(co, null, Double.doubleToRawLongBits(value), null) ? 0 : value;
    }

    @Async
    public static boolean z(boolean value) {
        return z$async(value, Continuation.REFUSING);
    }

    public static boolean z$async(boolean value, Continuation co) {
        return !suspends(co, null, value ? 1 : 0, null) && value;
    }

    @Async
    public static byte b(byte value) {
        return b$async(value, Continuation.REFUSING);
    }

    public static byte b$async(byte value, Continuation co) {
        return suspends(co, null, value, null) ? 0 : value;
    }

    @Async
    public static short s(short value) {
        return s$async(value, Continuation.REFUSING);
    }

    public static short s$async(short value, Continuation co) {
        return suspends(co, null, value, null) ? 0 : value;
    }

    @Async
    public static char c(char value) {
        return c$async(value, Continuation.REFUSING);
    }

    public static char c$async(char value, Continuation co) {
        return suspends(co, null, value, null) ? 0 : value;
    }

    @Async
    public static void v() {
        v$async(Continuation.REFUSING);
    }

    public static void v$async(Continuation co) {
        suspends(co, null, 0, null);
    }

    /** Throws its argument, at once or when it is resumed. */
    @Async
    public static <X extends Throwable> void fail(X failure) throws X {
        fail$async(failure, Continuation.REFUSING);
    }

    public static <X extends Throwable> void fail$async(X failure, Continuation co) throws X {
        suspends(co, null, 0, failure);
    }

    static void start(Plan next) {
        plan = next;
        log = new ArrayList<>();
        calls = 0;
    }

    static List<String> log() {
        return log;
    }

    static int calls() {
        return calls;
    }

    /** Runs something and gives back the source line of each call that it has made. */
    static List<Integer> linesOf(Runnable run) {
        List<Integer> all = new ArrayList<>();
        lines = all;
        try {
            run.run();
        } finally {
            lines = null;
        }
        return all;
    }

    private static int callersLine() {
        return StackWalker.getInstance()
                .walk(stack -> stack.filter(frame -> !frame.getClassName().equals(Suspensions.class.getName()))
                        .findFirst()
                        .orElseThrow()
                        .getLineNumber());
    }

    /** Puts the outcome of the suspended call where its caller's resume body looks for it; gives back a reference. */
    static @Nullable Object resume(Continuation co) {
        Object result = value;
        co.primitive = primitive;
        co.failure = failure;
        value = null;
        failure = null;
        return result;
    }

    // Each call makes one step of the plan. True: it has suspended, and its caller returns a dummy value.
    private static boolean suspends(
            Continuation co, @Nullable Object result, long primitiveResult, @Nullable Throwable thrown) {
        int call = calls++;
        if (lines != null) {
            lines.add(callersLine());
        }
        Throwable planned = plan.failure(call);
        Throwable outcome = planned == null ? thrown : planned;
        if (plan.suspends(call)) {
            co.suspend();
            value = result;
            primitive = primitiveResult;
            failure = outcome;
            return true;
        }
        if (outcome != null) {
            throw Suspensions.<RuntimeException>unchecked(outcome);
        }
        return false;
    }

    @SuppressWarnings("unchecked")
    static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
