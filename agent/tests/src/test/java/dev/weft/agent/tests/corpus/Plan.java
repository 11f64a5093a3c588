package dev.weft.agent.tests.corpus;

import dev.weft.CancelledError;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of {@link Suspensions} in one run of a program do, by their number in that run: which of them suspend, and
 * which one fails instead of returning.
 *
 * @param name for the messages of failed tests
 */
public record Plan(String name, IntPredicate suspending, int failing, Failing kind) {
    /** With what a call fails. */
    public enum Failing {
        EXCEPTION(LeafFailure::new),
        CANCELLATION(call -> new CancelledError("cancelled in call " + call));

        private final IntFunction<Throwable> failure;

        Failing(IntFunction<Throwable> failure) {
            this.failure = failure;
        }
    }

    /** What a call throws that the plan wants to fail. */
    public static final class LeafFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        LeafFailure(int call) {
            super("failed in call " + call);
        }
    }

    private static final int NONE = -1;

    public static Plan nothingSuspends() {
        return new Plan("nothing suspends", call -> false);
    }

    public static Plan everythingSuspends() {
        return new Plan("everything suspends", call -> true);
    }

    public static Plan only(int call) {
        return new Plan("only call " + call + " suspends", other -> other == call);
    }

    /** The calls whose bits are set, and if the program makes more than 63, the bits over again. */
    public static Plan subset(long calls) {
        return new Plan("calls 0x" + Long.toHexString(calls) + " suspend", call -> (calls >> call % 63 & 1) != 0);
    }

    static Plan random(Random random) {
        return subset(random.nextLong() & random.nextLong() >>> random.nextInt(2));
    }

    private Plan(String name, IntPredicate suspending) {
        this(name, suspending, NONE, Failing.EXCEPTION);
    }

    /** The same, but call number {@code call} fails: at once, or, if it suspends, when it is resumed. */
    public Plan failing(int call, Failing with) {
        return new Plan(name + ", call " + call + " fails with " + with, suspending, call, with);
    }

    boolean suspends(int call) {
        return suspending.test(call);
    }

    @Nullable
    Throwable failure(int call) {
        return call == failing ? kind.failure.apply(call) : null;
    }
}
