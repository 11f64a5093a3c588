package dev.weft;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A callback, and on whose behalf it is called. */
final class WaitingCallback<F> implements Consumer<F>, Waiting {
    private final Supplier<? extends @Nullable AsyncFuture<?>> waiter;
    private final Consumer<? super F> callback;

    WaitingCallback(Supplier<? extends @Nullable AsyncFuture<?>> waiter, Consumer<? super F> callback) {
        this.waiter = waiter;
        this.callback = callback;
    }

    @Override
    public void accept(F done) {
        callback.accept(done);
    }

    @Override
    public @Nullable AsyncFuture<?> waiter() {
        return waiter.get();
    }

    @Override
    public String toString() {
        return Descriptions.of(callback);
    }
}
