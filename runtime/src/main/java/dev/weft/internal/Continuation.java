package dev.weft.internal;

import org.jspecify.annotations.Nullable;

/**
 * The registers that a loop and the rewritten code on its thread share: every twin takes one as its last argument. A step
 * of a task touches little else.
 *
 * <p>There is one per loop and not one per task, so that a parked task costs nothing for it. The loop exchanges it at every
 * poll, when it is clean, for a young one: every step writes to it, and G1 fences what is written into an old object.
 *
 * <p>While user code runs it is clean: not {@code suspended}, and {@code failure} is null. A suspension runs in three moves:
 *
 * <ol>
 *   <li>The innermost call, a leaf such as {@code AsyncFuture.await}, calls {@link #suspend()} and returns a dummy value.
 *   <li>Each caller sees {@link #suspended}, saves itself in a frame, {@linkplain #suspend(Frame, ResumePoint) links} it
 *       to the frame before, and returns a dummy value too.
 *   <li>The step of the task {@linkplain #takeFrames takes} the innermost frame.
 * </ol>
 *
 * To resume, the step calls {@link ResumePoint#resume} of the innermost frame; what that returns or throws goes to the
 * frame's parent. A call that was resumed and has called a leaf again needs no linking: its frame has its place.
 */
public final class Continuation extends Frame {
    /**
     * What callers that were not rewritten hand to a twin: it refuses to suspend. It is never written to, so all threads
     * share it.
     */
    public static final Continuation REFUSING = new Continuation(null);

    /** The loop that it belongs to, null for none. */
    public final @Nullable Object owner;

    /** Whether a suspension is under way: from the leaf until the step of the task has the frames. */
    public boolean suspended;

    /** During a suspension the last frame that has been linked, null right after the leaf; the first one is the parent. */
    private @Nullable Frame outermost;

    /** During a suspension the generator that yields, if one does: only what is called by it suspends. */
    public @Nullable Frame yielding;

    /** The task whose step runs, null between steps. */
    public @Nullable Job running;

    /** What the suspension point that is about to be resumed throws, or null if it returns. */
    public @Nullable Throwable failure;

    /** The primitive result on its way from a resumed call to its caller's frame. */
    public long primitive;

    // The two ends of the loop's queue of ready jobs: see ReadyQueue.

    @Nullable
    Job head;

    @Nullable
    Job tail; // meaningful while there is a second one: mostly one task makes one other ready

    public Continuation(@Nullable Object owner) {
        this.owner = owner;
    }

    /**
     * Begins a suspension; the calling leaf then returns a dummy value.
     *
     * @throws IllegalStateException if a caller was not rewritten; the message names it
     */
    public void suspend() {
        if (this == REFUSING) {
            throw Rewriting.plainCaller();
        }
        suspended = true;
    }

    /** Lets a job that is in no queue run in the loop's next iteration. Loop thread only. */
    public void schedule(Job job) {
        ReadyQueue.add(this, job);
    }

    /**
     * Saves where {@code frame} is suspended and links it as the caller of the frame before, unless it was suspended before
     * and calls the leaf itself.
     *
     * @return the frame if it was not linked, which a resume body passes on
     */
    @SuppressWarnings("NullAway") // only called during a suspension
    public @Nullable Object suspend(Frame frame, ResumePoint point) {
        ResumePoint before = frame.point;
        // First, for then a new frame needs no barrier of the garbage collector; nor does one that has the point
        // already.
        if (before != point) {
            frame.point = point;
        }
        Frame callee = outermost;
        if (callee != null) {
            callee.parent = frame;
        } else if (before == null) {
            parent = frame;
        } else {
            return frame;
        }
        outermost = frame;
        return null;
    }

    /** Suspends the callers too of frames that were taken, are linked with each other and end with {@code outermost}. */
    public void suspendCallers(@Nullable Frame innermost, Frame outermost) {
        suspended = true;
        parent = innermost;
        this.outermost = outermost;
    }

    /**
     * Ends a suspension; is clean again, but for {@code yielding}.
     *
     * @param innermost the frame to take if none was linked
     * @param caller the caller of those that were
     * @return the innermost frame
     */
    @SuppressWarnings("NullAway") // only called during a suspension
    public @Nullable Frame takeFrames(@Nullable Frame innermost, @Nullable Frame caller) {
        suspended = false;
        Frame last = outermost;
        if (last == null) {
            return innermost;
        }
        outermost = null;
        if (last.parent != caller) { // it was suspended for the first time
            last.parent = caller;
        }
        Frame first = parent;
        parent = null;
        return first;
    }

    /** Makes it clean after an exception, which may have escaped in the midst of a suspension. */
    public void reset() {
        suspended = false;
        outermost = null;
        parent = null;
        failure = null;
        yielding = null;
    }

    // What a resume body calls first at its suspension point, inside the point's try ranges.

    public static void resumed(Continuation co) {
        Throwable failure = co.failure;
        if (failure != null) {
            co.failure = null;
            Continuation.<RuntimeException>sneakyThrow(failure);
        }
    }

    public static @Nullable Object resumed(@Nullable Object value, Continuation co) {
        resumed(co);
        return value;
    }

    public static int resumedInt(Continuation co) {
        resumed(co);
        return (int) co.primitive;
    }

    public static long resumedLong(Continuation co) {
        resumed(co);
        return co.primitive;
    }

    public static float resumedFloat(Continuation co) {
        return Float.intBitsToFloat(resumedInt(co));
    }

    public static double resumedDouble(Continuation co) {
        return Double.longBitsToDouble(resumedLong(co));
    }

    // What a resume body returns a primitive through; the null is its own result.

    public static @Nullable Object returned(int value, Continuation co) {
        co.primitive = value;
        return null;
    }

    public static @Nullable Object returned(long value, Continuation co) {
        co.primitive = value;
        return null;
    }

    public static @Nullable Object returned(float value, Continuation co) {
        co.primitive = Float.floatToRawIntBits(value);
        return null;
    }

    public static @Nullable Object returned(double value, Continuation co) {
        co.primitive = Double.doubleToRawLongBits(value);
        return null;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneakyThrow(Throwable failure) throws X {
        throw (X) failure;
    }
}
