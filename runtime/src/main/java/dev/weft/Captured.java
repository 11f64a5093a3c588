package dev.weft;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A callback with what it runs in: the context of whoever registered it, or one that it was given. */
abstract class Captured {
    final @Nullable Object context;

    private Captured(@Nullable Object context) {
        this.context = context;
    }

    /** What {@code callback} runs as; itself if the context has no values. */
    static Runnable callback(@Nullable Object context, Runnable callback) {
        return context == null ? callback : new Callback(context, callback);
    }

    /** What {@code listener} is called as; itself if the context has no values. */
    static <T> Consumer<? super T> listener(@Nullable Object context, Consumer<? super T> listener) {
        return context == null ? listener : new Listener<T>(context, listener);
    }

    /** The same callback, which knows where it was registered. */
    static Runnable createdAt(List<StackTraceElement> creation, Runnable callback) {
        Object context = callback instanceof Captured captured ? captured.context : null;
        return new Created(context, (Runnable) original(callback), creation);
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

        Callback(@Nullable Object context, Runnable callback) {
            super(context);
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

        Created(@Nullable Object context, Runnable callback, List<StackTraceElement> creation) {
            super(context, callback);
            this.creation = creation;
        }

        @Override
        public String toString() {
            return super.toString() + Creation.describe(creation);
        }
    }

    private static final class Listener<T> extends Captured implements Consumer<T> {
        private final Consumer<? super T> listener;

        Listener(@Nullable Object context, Consumer<? super T> listener) {
            super(context);
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
