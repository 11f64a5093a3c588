package dev.weft;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The context of the calling code, which belongs to the running task, else to the running callback, else to the thread.
 *
 * <p>So a switch of tasks switches contexts too, without doing anything. Where a context is kept there may stand
 *
 * <ul>
 *   <li>null for no values,
 *   <li>{@link Bindings}, which were copied from somebody and not changed since,
 *   <li>a {@link Context}, whose bindings are replaced as variables are set.
 * </ul>
 */
final class CurrentContext {
    private static final ThreadLocal<@Nullable Object> OF_THREAD = new ThreadLocal<>();

    private CurrentContext() {}

    static @Nullable Object get() {
        EventLoop loop = LoopState.runningLoop();
        if (loop == null) {
            return OF_THREAD.get();
        }
        return loop.currentContext();
    }

    /** Lets the calling code run in another context from now on. */
    static void set(@Nullable Object context) {
        EventLoop loop = LoopState.runningLoop();
        Task<?> task = loop == null ? null : loop.current();
        if (task != null) {
            task.setContext(context);
        } else if (loop != null) {
            loop.callbackContext = context;
        } else if (context != null) {
            OF_THREAD.set(context);
        } else {
            OF_THREAD.remove();
        }
    }

    static Bindings bindings() {
        return bindings(get());
    }

    /** What a copy of the current context begins with. */
    static @Nullable Bindings copy() {
        return copy(get());
    }

    /** What a copy of a context begins with; null for no values. */
    static @Nullable Bindings copy(@Nullable Object context) {
        if (context == null) {
            return null;
        }
        Bindings bindings = bindings(context);
        return bindings.isEmpty() ? null : bindings;
    }

    private static Bindings bindings(@Nullable Object context) {
        if (context instanceof Context changeable) {
            return changeable.bindings;
        }
        return context == null ? Bindings.NONE : (Bindings) context;
    }

    /** The current context as one that can be changed. */
    static Context own() {
        Object context = get();
        if (context instanceof Context changeable) {
            return changeable;
        }
        Context own = new Context(bindings(context));
        set(own);
        return own;
    }

    /** The same for a context that is kept elsewhere: it has to be kept instead of the given one. */
    static Context changeable(@Nullable Object context) {
        return context instanceof Context changeable ? changeable : new Context(bindings(context));
    }

    /** Calls {@code work} in a context. */
    static <T> T call(@Nullable Object context, Callable<T> work) throws Exception {
        Object outer = get();
        set(context);
        try {
            return work.call();
        } finally {
            set(outer);
        }
    }
}
