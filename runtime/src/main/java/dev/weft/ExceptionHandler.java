package dev.weft;

/** Gets the failures of a loop that no other code can get; see {@link EventLoop#setExceptionHandler}. */
@FunctionalInterface
public interface ExceptionHandler {
    /** Called on the loop's thread. What it throws is logged. */
    void handle(EventLoop loop, LoopError error);
}
