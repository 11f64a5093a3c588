package dev.weft;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A callback with what it runs in: context and carried values of whoever registered it, or another context. */
abstract class Captured {
    final @Nullable Object context;
    final @Nullable Object @Nullable [] carried;

    private Captured(@Nullable Object context, @Nullable Object @Nullable [] carried) {
        this.context = context;
        this.carried = carried;
    }

    /** What {@code callback} runs as; itself if there is nothing that it runs in. */
    static Runnable callback(@Nullable Object context, @Nullable Carriers carriers, Runnable callback) {
        requireNonNull(callback, "callback"); // else the loop would fail, where nobody knows whose it is
        return context == null && carriers == null ? callback : new Callback(context, values(carriers), callback);
    }

    /** What {@code listener} is called as; itself if there is nothing that it runs in. */
    static <T> Consumer<? super T> listener(
            @Nullable Object context, @Nullable Carriers carriers, Consumer<? super T> listener) {
        requireNonNull(listener, "callback");
        return context == null && carriers == null ? listener : new Listener<T>(context, values(carriers), listener);
    }

    private static @Nullable Object @Nullable [] values(@Nullable Carriers carriers) {
        return carriers == null ? null : carriers.capture();
    }

    /** The same callback, which knows where it was registered. */
    static Runnable createdAt(List<StackTraceElement> creation, Runnable callback) {
        return callback instanceof Captured captured
                ? new Created(captured.context, captured.carried, (Runnable) captured.callback(), creation)
                : new Created(null, null, callback, creation);
    }

    /** Where a callback was registered, if it knows. */
    static @Nullable List<StackTraceElement> creation(Runnable callback) {
        return callback instanceof Created created ? created.creation : null;
    }

    /** The callback as it was registered. */
    static Object original(Object callback) {
        return callback instanceof Captured captured ? captured.callback() : callback;
    }

    abstract Object callback();

    @Override
    public String toString() {
        return Descriptions.of(callback());
    }

    private static class Callback extends Captured implements Runnable {
        private final Runnable callback;

        Callback(@Nullable Object context, @Nullable Object @Nullable [] carried, Runnable callback) {
            super(context, carried);
            this.callback = callback;
        }

        @Override
        public void run() {
            callback.run();
        }

        @Override
        Object callback() {
            return callback;
        }
    }

    private static final class Created extends Callback {
        private final List<StackTraceElement> creation;

        Created(
                @Nullable Object context,
                @Nullable Object @Nullable [] carried,
                Runnable callback,
                List<StackTraceElement> creation) {
            super(context, carried, callback);
            this.creation = creation;
        }

        @Override
        public String toString() {
            return super.toString() + Creation.describe(creation);
        }
    }

    private static final class Listener<T> extends Captured implements Consumer<T> {
        private final Consumer<? super T> listener;

        Listener(@Nullable Object context, @Nullable Object @Nullable [] carried, Consumer<? super T> listener) {
            super(context, carried);
            this.listener = listener;
        }

        @Override
        public void accept(T future) {
            listener.accept(future);
        }

        @Override
        Object callback() {
            return listener;
        }
    }
}
