package dev.weft.benchmarks.compare;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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

    static Thread start(Runnable body) {
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

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
