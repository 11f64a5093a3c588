package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Frame;
import dev.weft.internal.ResumePoint;
import org.jspecify.annotations.Nullable;

/** The loop that a continuation belongs to, in the field that other frames have for their point. Never resumed. */
final class Owner extends ResumePoint {
    final EventLoop loop;

    Owner(EventLoop loop) {
        super(-1, -1, new StackTraceElement(EventLoop.class.getName(), "runForever", "EventLoop.java", -1));
        this.loop = loop;
    }

    @Override
    public @Nullable Object resume(Frame frame, Continuation co, @Nullable Object value) {
        throw new AssertionError("the frames of a task end before its loop");
    }
}
