package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The handle of {@link EventLoop#callSoonThreadsafe}: {@link #cancel} from another thread returns only when the callback
 * will not run, or has run.
 */
final class ThreadsafeHandle extends Job implements Handle {
    private final EventLoop loop;
    final Runnable callback;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean cancelled; // under the lock

    ThreadsafeHandle(EventLoop loop, Runnable callback) {
        this.loop = loop;
        this.callback = callback;
    }

    @Override
    protected void run(Continuation co) {
        lock.lock();
        try {
            if (!cancelled) {
                loop.runCallback(callback, this);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            cancelled = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "<Handle " + Descriptions.of(callback) + ">";
    }
}
