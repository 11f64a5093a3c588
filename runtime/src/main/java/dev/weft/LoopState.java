package dev.weft;

import org.jspecify.annotations.Nullable;

/** Whether a loop runs, and where, and who may use it. */
final class LoopState {
    private static final ThreadLocal<@Nullable EventLoop> RUNNING = new ThreadLocal<>();

    /** The loop that began to run last: with a single one, found faster than {@link #RUNNING} finds it. */
    private static volatile @Nullable EventLoop latest; // any thread

    private volatile @Nullable Thread thread; // the running thread sets it, any thread reads
    private volatile boolean closed; // set once
    private boolean interrupted; // loop thread only

    /** The loop that runs on this thread, or null. */
    static @Nullable EventLoop runningLoop() {
        EventLoop loop = latest;
        return loop != null && loop.state.isThisThread() ? loop : RUNNING.get();
    }

    /** The loop runs on this thread from now on. */
    void enter(EventLoop loop) {
        thread = Thread.currentThread();
        RUNNING.set(loop);
        latest = loop;
    }

    /** The end of what {@link #enter} began; passes an interruption on to the caller. */
    void exit() {
        EventLoop loop = latest;
        if (loop != null && loop.state == this) {
            latest = null; // that of another thread, if it came in between, is found all the same
        }
        RUNNING.remove();
        thread = null;
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    /** The thread was interrupted, and the loop ends because of it. */
    void interrupted() {
        interrupted = true;
    }

    void close() {
        closed = true;
    }

    boolean isRunning() {
        return thread != null;
    }

    boolean isClosed() {
        return closed;
    }

    /** The thread that runs the loop, or null. */
    @Nullable
    Thread thread() {
        return thread;
    }

    boolean isThisThread() {
        return thread == Thread.currentThread();
    }

    /**
     * The loop's structures are not synchronised: another thread would damage them.
     *
     * @return whether the loop runs, on this thread
     */
    boolean checkThread() {
        Thread running = thread;
        if (running != null && running != Thread.currentThread()) {
            throw new IllegalStateException(
                    "Non-thread-safe operation invoked on an event loop other than the current one: this loop runs on"
                            + " thread " + running.getName() + ", this is "
                            + Thread.currentThread().getName()
                            + ". From other threads use callSoonThreadsafe(...) or submit(...).");
        }
        return running != null;
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Event loop is closed. Create another one with EventLoop.create().");
        }
    }

    /** {@link #checkThread} and {@link #checkOpen}. */
    boolean checkMaySchedule() {
        boolean runs = checkThread();
        checkOpen();
        return runs;
    }

    void checkMayRun() {
        checkOpen();
        if (isRunning()) {
            throw new IllegalStateException("This event loop is already running. From its own code use createTask(...),"
                    + " from other threads submit(...).");
        }
        if (runningLoop() != null) {
            throw new IllegalStateException("Cannot run the event loop while another loop is running on this thread."
                    + " Run it on a thread of its own.");
        }
    }
}
