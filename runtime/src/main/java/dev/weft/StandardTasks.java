package dev.weft;

/** The factories that need no coroutine of their own round what they are given. */
final class StandardTasks implements TaskFactory {
    private final boolean eager;

    StandardTasks(boolean eager) {
        this.eager = eager;
    }

    @Override
    public Task<?> create(EventLoop loop, Coroutine<?> body, TaskOptions options) {
        return start(loop, body, options);
    }

    <T> Task<T> start(EventLoop loop, Object body, TaskOptions options) {
        Boolean asked = options.eager();
        return loop.start(body, options.name(), options.context(), asked == null ? eager : asked);
    }

    /** What a factory is given instead of anything that a task can run. */
    static Coroutine<?> coroutine(Object body) {
        if (body instanceof Coroutine<?> coroutine) {
            return coroutine;
        }
        return body instanceof AsyncRunnable runnable ? coroutine(runnable) : coroutine((Awaitable<?>) body);
    }

    @SuppressWarnings("NullAway") // null stands for no value
    private static Coroutine<Void> coroutine(AsyncRunnable runnable) {
        return () -> {
            runnable.run();
            return null;
        };
    }

    private static <T> Coroutine<T> coroutine(Awaitable<T> awaitable) {
        return awaitable::await;
    }
}
