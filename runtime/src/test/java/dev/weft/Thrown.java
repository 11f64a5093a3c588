package dev.weft;

/** What coroutines throw, for the assertions of tests. */
public final class Thrown {
    private Thrown() {}

    /** What a coroutine throws, which may suspend. */
    @Async
    public static Throwable by(AsyncRunnable body) {
        try {
            body.run();
        } catch (Throwable failure) {
            return failure;
        }
        throw new AssertionError("nothing was thrown");
    }

    /** What it throws to those who await it. */
    @Async
    public static Throwable by(Awaitable<?> awaitable) {
        try {
            awaitable.await();
        } catch (Throwable failure) {
            return failure;
        }
        throw new AssertionError("nothing was thrown");
    }
}
