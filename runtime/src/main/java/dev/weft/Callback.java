package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;
import dev.weft.spi.ThreadLocalCarrier;
import java.util.function.Consumer;

/** One done callback of a future: waits in the future, then runs once. Loop thread only. */
final class Callback<T> extends Job {
    final Consumer<? super AsyncFuture<T>> action;
    private final AsyncFuture<T> future;

    Callback(AsyncFuture<T> future, Consumer<? super AsyncFuture<T>> action) {
        this.future = future;
        this.action = action;
    }

    @Override
    public String toString() {
        return "<Callback " + Descriptions.of(action) + " of " + future + ">";
    }

    @Override
    protected void run(Continuation co) {
        EventLoop loop = future.loop;
        ThreadLocalCarrier.Scope scope = loop.enterCallback(action);
        try {
            action.accept(future);
        } catch (Throwable failure) {
            loop.callbackFailed(failure, "Exception in done callback " + Descriptions.of(action), future);
        } finally {
            loop.exitCallback(scope);
        }
    }
}
