package dev.weft.internal;

import org.jspecify.annotations.Nullable;

/**
 * A suspension point of rewritten code: what a frame needs to be resumed there, and the source line for people.
 *
 * <p>Its one subclass per user class is a hidden nestmate of that class, made by {@link ResumePoints}, so that the
 * resume bodies may stay private members of the class they belong to.
 */
public abstract class ResumePoint {
    /** The method's key among the rewritten methods of its class. */
    public final int method;

    /** The suspension point's position in its method: what the {@code tableswitch} of the resume body asks for. */
    public final int state;

    private final StackTraceElement location;

    protected ResumePoint(int method, int state, StackTraceElement location) {
        this.method = method;
        this.state = state;
        this.location = location;
    }

    /**
     * Runs the rest of the frame's method, up to its end or its next suspension.
     *
     * @param value what the suspension point returns if that is a reference; primitives come in
     *     {@link Continuation#primitive} and a failure in {@link Continuation#failure}
     * @return the method's result if that is a reference; meaningless if the method suspended again
     */
    public abstract @Nullable Object resume(Frame frame, Continuation co, @Nullable Object value) throws Throwable;

    /** The class, method and line of the suspension point. */
    public final StackTraceElement location() {
        return location;
    }

    @Override
    public final String toString() {
        return location.toString();
    }
}
