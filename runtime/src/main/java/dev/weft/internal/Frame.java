package dev.weft.internal;

import org.jspecify.annotations.Nullable;

/**
 * The saved state of one suspended call: its live locals and operands, in the typed fields of a subclass.
 *
 * <p>Frames exist only while a call is suspended. Those of one task form a list from the innermost call outwards; a
 * method that suspends again reuses its frame. The subclasses are not written by hand: they differ only in how many
 * references, ints and longs they hold, and are class files made when the runtime is built.
 */
public abstract class Frame {
    /** The caller's frame, or null below the body of a task. Loop thread only. */
    public @Nullable Frame parent;

    /** Where the call is suspended; null only before the first suspension. Loop thread only. */
    public @Nullable ResumePoint point;

    /** The frame of a method with more live values than any other subclass has fields for. */
    public static final class Large extends Frame {
        public final @Nullable Object[] references;
        public final long[] primitives;

        public Large(int references, int primitives) {
            this.references = new Object[references];
            this.primitives = new long[primitives];
        }
    }
}
