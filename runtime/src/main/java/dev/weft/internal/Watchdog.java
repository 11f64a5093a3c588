package dev.weft.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that looks at the loops that want it, and finds those that one job keeps busy for too long while it does.
 *
 * <p>A job's time counts only as far as this thread has run too: a pause of the whole JVM is nobody's fault.
 */
final class Watchdog {
    private static final Logger LOG = System.getLogger("dev.weft");
    private static final List<Step> STEPS = new CopyOnWriteArrayList<>(); // loops change it, the watchdog reads
    private static final int LOOKS = 4; // within the time that a job may take

    private Watchdog() {}

    static void watch(Step step) {
        STEPS.add(step);
        LockSupport.unpark(Patrol.THREAD);
    }

    static void leave(Step step) {
        STEPS.remove(step);
    }

    /** The thread, once it is needed. */
    private static final class Patrol {
        static final Thread THREAD = new Thread(null, Patrol::run, "weft-watchdog", 0, false);

        static {
            THREAD.setDaemon(true);
            THREAD.setContextClassLoader(null);
            THREAD.start();
        }

        @SuppressWarnings("InfiniteLoopStatement")
        private static void run() {
            while (true) {
                if (STEPS.isEmpty()) {
                    LockSupport.park(STEPS);
                    continue;
                }
                long interval = interval();
                long start = System.nanoTime();
                LockSupport.parkNanos(STEPS, interval);
                look(Math.min(System.nanoTime() - start, 2 * interval));
            }
        }

        private static long interval() {
            long shortest = TimeUnit.SECONDS.toNanos(LOOKS);
            for (Step step : STEPS) {
                shortest = Math.min(shortest, step.limit());
            }
            return Math.max(TimeUnit.MILLISECONDS.toNanos(1), shortest / LOOKS);
        }

        private static void look(long nanos) {
            for (Step step : STEPS) {
                try {
                    step.look(nanos);
                } catch (RuntimeException e) { // in the description of a job that runs
                    LOG.log(Level.WARNING, "The watchdog could not describe what blocks a loop", e);
                }
            }
        }
    }
}
