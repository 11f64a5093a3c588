package dev.weft.agent.tests;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Each method here does what cannot work. The comment {@code culprit: name} marks the line that the error must name. */
public final class BadUsePrograms {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private BadUsePrograms() {}

    /** For a JVM without the agent: run as a program. */
    public static void main(String[] args) {
        run(() -> suspends(1)); // culprit: main
    }

    @Async
    static int suspends(int value) {
        sleep(MOMENT);
        return value;
    }

    static void outsideACoroutine() {
        sleep(MOMENT); // culprit: outsideACoroutine
    }

    /** Plain code between two coroutines: the lower one could be resumed, its caller not. */
    @Async
    static int throughPlainCode() {
        return plain();
    }

    private static int plain() {
        return suspends(1); // culprit: plain
    }

    @Async
    static void belowForEach() {
        List.of(1, 2, 3).forEach(value -> suspends(value)); // culprit: belowForEach
    }

    @Async
    static void belowForEachOfAMethodReference() {
        List.of(1, 2, 3).forEach(BadUsePrograms::suspends); // culprit: belowForEachOfAMethodReference
    }

    @Async
    static int belowAStream() {
        return Stream.of(1, 2, 3)
                .map(value -> suspends(value)) // culprit: belowAStream
                .reduce(0, Integer::sum);
    }

    @Async
    static Object byReflection() throws ReflectiveOperationException {
        return BadUsePrograms.class.getDeclaredMethod("suspends", int.class).invoke(null, 1); // culprit: byReflection
    }

    @Async
    static int runInsideARunningLoop() {
        return run(() -> suspends(1)); // culprit: runInsideARunningLoop
    }

    @Async
    static int runAfterASuspension() {
        sleep(MOMENT);
        return run(() -> suspends(1)); // culprit: runAfterASuspension
    }

    @Async
    static int inAConstructor() {
        return new Slow().value;
    }

    static final class Slow {
        final int value;

        Slow() {
            value = suspends(1); // culprit: inAConstructor
        }
    }

    @Async
    static int inConstructorArguments() {
        return new Derived().value;
    }

    static class Base {
        final int value;

        Base(int value) {
            this.value = value;
        }
    }

    static final class Derived extends Base {
        Derived() {
            super(suspends(1)); // culprit: inConstructorArguments
        }
    }

    @Async
    static int inAStaticInitialiser() {
        return Initialised.VALUE;
    }

    static final class Initialised {
        static final int VALUE;

        static {
            VALUE = suspends(1); // culprit: inAStaticInitialiser
        }

        private Initialised() {}
    }

    @Async
    static Integer resultOfAPendingTask() {
        Task<Integer> task = createTask("slow one", () -> suspends(1));
        return task.result();
    }

    @Async
    static String awaitsItself() {
        Task<?> self = currentTask();
        return String.valueOf((Object) await(self)); // culprit: awaitsItself
    }

    /** Refused methods in a class of their own: the one that is in order must go on working. */
    static final class Locking {
        private final Object lock = new Object();

        @Async
        int inASynchronizedBlock() {
            synchronized (lock) {
                return suspends(1); // culprit: inASynchronizedBlock
            }
        }

        @Async
        synchronized int inASynchronizedMethod() {
            return suspends(1); // culprit: inASynchronizedMethod
        }

        /** Fine: the lock is given back before the suspension. */
        @Async
        int besideASynchronizedBlock() {
            int value;
            synchronized (lock) {
                value = 1;
            }
            return suspends(value);
        }
    }
}
