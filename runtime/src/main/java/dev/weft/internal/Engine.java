package dev.weft.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs, one after the other, on the thread that calls {@link #runForever}.
 *
 * <p>Each iteration polls, collects the jobs of ready channels, of due timers and of other threads, in this order, behind
 * those that are ready already, and runs exactly the jobs that are ready at that moment. What they schedule runs in the
 * next iteration, so that nothing can starve the channels.
 *
 * <p>While jobs are ready the poll itself may be left out, because a look at the selector costs more than many jobs: for a
 * window, a number of jobs that take about a millisecond and no more than {@value #LONGEST_WINDOW}; and for further windows
 * as long as all of them together have taken next to no time. Timers are looked at in every iteration, if there are any.
 */
public final class Engine {
    private static final int LONGEST_WINDOW = 128;
    private static final long SLOW_WINDOW = TimeUnit.MICROSECONDS.toNanos(1000);
    private static final long FAST_WINDOW = TimeUnit.MICROSECONDS.toNanos(250);
    private static final long NEXT_TO_NO_TIME = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int MOST_WINDOWS = 64; // for clocks that stand still while jobs run

    private final Clock clock;
    private final Poller poller;
    private final Host host;
    private final Inbox inbox = new Inbox();
    private final Buffers buffers = new Buffers();
    private final AtomicBoolean asleep = new AtomicBoolean(); // the loop sets it, whoever clears it has to wake it

    // Loop thread only.
    private final ReadyQueue ready;
    private final TimerWheel timers = new TimerWheel();
    private final ArrayList<IoJob> beforePoll = new ArrayList<>();
    private final Set<Runnable> onClose = new LinkedHashSet<>();
    private long polled; // the time of the last poll
    private int window = 16; // the number of jobs between two polls
    private int untilPoll = 0; // what is left of it
    private int windows; // since the last poll
    private long longest = Long.MAX_VALUE; // that a job may take before the host is told
    private @Nullable Step step; // what the watchdog sees, while the loop runs and there is a longest time
    private @Nullable Thread thread; // that runs the loop
    private boolean stopping;

    /** Whose jobs it runs. Loop thread only. */
    public interface Host {
        /** Called before each poll, while no job runs; gives the registers to go on with, young ones. */
        Continuation polling();

        /** Called when the thread was interrupted while it had nothing to do; the interruption is cleared. */
        void interrupted();

        /** Called after a job that took long, if somebody wants to know. */
        void tookLong(Job job, long nanos);

        /** Called while a job takes long, by the watchdog and on its thread, with the stack of the loop's. */
        void blocks(Job job, long nanos, Thread thread, StackTraceElement[] stack);
    }

    /** @param co the registers of the loop until the first poll */
    public Engine(Clock clock, Poller poller, Host host, Continuation co) {
        this.clock = clock;
        this.poller = poller;
        this.host = host;
        ready = new ReadyQueue(co);
        poller.deliverTo(ready);
    }

    /** Runs jobs until {@link #stop}; at least one iteration. */
    public void runForever() {
        thread = Thread.currentThread();
        watch();
        try {
            do {
                iterate();
            } while (!stopping);
            runBeforePoll();
        } finally {
            stopping = false;
            thread = null;
            ready.registers().running = null; // a step that throws leaves it
            watch();
        }
    }

    /** Shows the watchdog what runs, or no longer does. */
    private void watch() {
        if (step != null) {
            Watchdog.leave(step);
            step = null;
        }
        if (thread != null && longest != Long.MAX_VALUE) {
            step = new Step(host, thread, longest);
            Watchdog.watch(step);
        }
    }

    /** Ends {@link #runForever} with the current iteration, or with the first one if it is not running. Loop thread only. */
    public void stop() {
        stopping = true;
    }

    private void iterate() {
        boolean windowOver = untilPoll <= 0 && !isNextWindowOpen();
        if (windowOver || ready.isEmpty()) {
            runBeforePoll();
        }
        if (windowOver || ready.isEmpty()) {
            poll();
        } else if (timers.next() != TimerWheel.NEVER) {
            timers.moveDue(clock.nanos(), ready);
        }
        if (!inbox.isEmpty()) {
            inbox.drainTo(ready);
        }
        Continuation co = ready.registers();
        Job last = ReadyQueue.last(co);
        for (Job job = ReadyQueue.poll(co); job != null; job = ReadyQueue.poll(co)) {
            untilPoll--;
            if (longest == Long.MAX_VALUE) {
                job.run(co); // the only place where callbacks and the code of tasks are called, but for runTimed
            } else {
                runTimed(job, co);
            }
            if (job == last) {
                if (untilPoll <= 0 || stopping || timers.next() != TimerWheel.NEVER || !inbox.isEmpty()) {
                    return;
                }
                last = ReadyQueue.last(co); // the next iteration: before its first job there would be nothing to do
            }
        }
    }

    private void runTimed(Job job, Continuation co) {
        long start = clock.nanos();
        Step shown = step;
        if (shown == null) {
            job.run(co);
        } else {
            shown.begin(job);
            try {
                job.run(co);
            } finally {
                shown.end();
            }
        }
        long took = clock.nanos() - start;
        if (took >= longest) {
            host.tookLong(job, took);
        }
    }

    private boolean isNextWindowOpen() {
        if (window < LONGEST_WINDOW
                || windows == MOST_WINDOWS
                || !beforePoll.isEmpty()
                || now() - polled > NEXT_TO_NO_TIME) {
            return false;
        }
        windows++;
        untilPoll = window;
        return true;
    }

    private void poll() {
        windows = 0;
        ready.moveTo(host.polling());
        boolean idle = !stopping && ready.isEmpty();
        if (idle) {
            sleep();
        } else {
            poller.poll(0);
        }
        long now = now();
        long busy = idle ? 0 : now - polled; // time asleep is not time that jobs took
        if (busy > SLOW_WINDOW) {
            window = 1;
        } else if (busy < FAST_WINDOW) {
            window = Math.min(LONGEST_WINDOW, window << 1);
        }
        untilPoll = window;
        timers.moveDue(now, ready);
        polled = now;
    }

    private void runBeforePoll() {
        for (int i = 0; i < beforePoll.size(); i++) { // it may grow meanwhile
            beforePoll.get(i).beforePoll();
        }
        beforePoll.clear();
        buffers.outbox().clear();
    }

    private void sleep() {
        long due = timers.refreshNext();
        long nanos = due == TimerWheel.NEVER ? Poller.FOREVER : Math.max(0, due - now());
        asleep.set(true); // from here on whoever puts a job into the inbox wakes the poller
        try {
            poller.poll(inbox.isEmpty() ? nanos : 0);
        } finally {
            asleep.set(false);
        }
        if (Thread.interrupted()) { // left as it is, it would end every wait at once
            host.interrupted();
        }
    }

    /** The time of the loop's clock. */
    public long now() {
        return clock.nanos();
    }

    /** Lets a job run in the next iteration. Loop thread only, as all that follow but {@link #post}. */
    public void schedule(Job job) {
        ready.add(job);
    }

    /** Lets a timer run when it is due. */
    public void schedule(Timer timer) {
        timers.add(timer);
    }

    /** Takes back a timer that is not due yet; tells whether it was there. */
    public boolean cancel(Timer timer) {
        return timers.remove(timer);
    }

    /** Lets a job run soon. Any thread. */
    public void post(Job job) {
        inbox.put(job);
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            poller.wakeup();
        }
    }

    /** Tells the host of jobs that take at least as long, while they do and afterwards; {@link Long#MAX_VALUE} for never. */
    public void reportFrom(long nanos) {
        longest = nanos;
        watch();
    }

    /**
     * Calls {@link IoJob#beforePoll} once, when all that is ready has run, or a bounded number of jobs at the latest: before
     * the next poll.
     */
    public void beforePoll(IoJob job) {
        beforePoll.add(job);
    }

    /** Runs {@code action}, which must not throw, when the loop is closed. */
    public void onClose(Runnable action) {
        onClose.add(action);
    }

    /** Takes back an {@link #onClose}. */
    public void dropOnClose(Runnable action) {
        onClose.remove(action);
    }

    /** What its connections borrow. */
    public Buffers buffers() {
        return buffers;
    }

    /** Where channels are watched. */
    public Poller poller() {
        return poller;
    }

    /** Visits all jobs that are ready or wait for a time, in no particular order. */
    public void forEachScheduled(Consumer<? super Job> action) {
        ready.forEach(action);
        timers.forEach(action);
    }

    /**
     * Drops all jobs and closes the poller.
     *
     * @param dropped gets those that were ready, or came from other threads
     */
    public void close(Consumer<? super Job> dropped) {
        inbox.drainTo(ready);
        ready.forEach(dropped);
        ready.clear();
        timers.clear();
        List.copyOf(onClose).forEach(Runnable::run);
        onClose.clear();
        poller.close();
    }
}
