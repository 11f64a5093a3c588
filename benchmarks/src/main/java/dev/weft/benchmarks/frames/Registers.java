package dev.weft.benchmarks.frames;

/** What the loop and suspending code share: a smaller copy of the runtime's {@code Continuation}. */
final class Registers extends Frame {
    Frame suspended;
    Throwable failure;
    long primitive;

    /** The leaf of each suspension. */
    void pause() {
        parent = null;
        suspended = this;
    }

    void link(Frame frame) {
        suspended.parent = frame;
        suspended = frame;
    }

    Frame takeFrames() {
        Frame innermost = parent;
        parent = null;
        suspended = null;
        return innermost;
    }

    /** What code calls first when it is resumed. */
    void resumed() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
