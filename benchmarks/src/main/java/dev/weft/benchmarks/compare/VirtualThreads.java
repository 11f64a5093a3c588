package dev.weft.benchmarks.compare;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Starts virtual threads, in code that is compiled for Java 17. */
@State(Scope.Benchmark)
public class VirtualThreads {
    /** Refuses a JDK without virtual threads, and to measure anything but one carrier thread. */
    @Setup
    public void check() {
        if (Runtime.version().feature() < 21) {
            throw new UnsupportedOperationException(
                    "Virtual threads need JDK 21 or later; this is " + Runtime.version());
        }
        for (String limit : new String[] {"parallelism", "maxPoolSize"}) {
            String property = "jdk.virtualThreadScheduler." + limit;
            if (!"1".equals(System.getProperty(property))) {
                throw new IllegalStateException(
                        "Virtual threads are compared on one carrier: pass -D" + property + "=1");
            }
        }
        System.gc();
    }

    /** Starts one; only on a JDK that has them. */
    public static Thread start(Runnable body) {
        try {
            return (Thread) Starter.HANDLE.invokeExact(body);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a virtual thread to its end. */
    static void run(Runnable body) {
        join(start(body));
    }

    /** Runs a virtual thread to its end, for its result. */
    static <T> T call(Callable<T> body) {
        FutureTask<T> result = new FutureTask<>(body);
        start(result);
        try {
            return result.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static void join(Thread thread) {
        interruptibly(thread::join);
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs what may block, in a thread that nobody interrupts. */
    static void interruptibly(Blocking body) {
        try {
            body.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    interface Blocking {
        void run() throws InterruptedException;
    }

    private static final class Starter {
        static final MethodHandle HANDLE;

        static {
            try {
                HANDLE = MethodHandles.publicLookup()
                        .findStatic(
                                Thread.class,
                                "startVirtualThread",
                                MethodType.methodType(Thread.class, Runnable.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
