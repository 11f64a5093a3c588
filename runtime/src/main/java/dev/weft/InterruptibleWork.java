package dev.weft;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Work that may be interrupted while it runs, whichever thread runs it. */
final class InterruptibleWork<T> implements Callable<T> {
    private final Callable<T> work;
    private @Nullable Thread thread; // while it runs; under the lock of this object
    private boolean interrupted; // by us; under the lock

    InterruptibleWork(Callable<T> work) {
        this.work = work;
    }

    @Override
    public T call() throws Exception {
        begin();
        try {
            return work.call();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        thread = Thread.currentThread();
        if (interrupted) {
            thread.interrupt();
        }
    }

    /** The thread goes on to other work, which must not be hit by an interruption that came late. */
    private synchronized void end() {
        thread = null;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    /** Interrupts the work, unless it has ended. Any thread. */
    synchronized void interrupt() {
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
