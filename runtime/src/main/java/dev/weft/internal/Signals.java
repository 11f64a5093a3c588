package dev.weft.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Takes signals of the operating system over from the JVM for a while.
 *
 * <p>The only way to them is {@code sun.misc.Signal}, which not every Java runtime has; it is looked up by name.
 */
public final class Signals {
    /** What the JVM itself does with a signal looks like this from outside. */
    private static final String OF_THE_JVM = "sun.misc.Signal$SunMiscHandler";

    private final Api api;
    private final Object signal;
    private final Object ours;
    private final Object before;

    private Signals(Api api, Object signal, Object ours, Object before) {
        this.api = api;
        this.signal = signal;
        this.ours = ours;
        this.before = before;
    }

    /**
     * Lets {@code action} run, on a thread of its own, whenever the signal comes.
     *
     * @param name such as INT
     * @return null, and nothing has changed, if there are no signals here, the JVM leaves this one alone, the process
     *     ignores it, or the program handles it itself
     */
    public static @Nullable Signals takeFromJvm(String name, Runnable action) {
        try {
            Api api = Api.FOUND;
            if (api == null) {
                return null;
            }
            Object signal = api.signal.getConstructor(String.class).newInstance(name);
            Object ours = api.handler(action);
            Object before = api.handle(signal, ours);
            if (before.getClass().getName().equals(OF_THE_JVM)) {
                return new Signals(api, signal, ours, before);
            }
            api.handle(signal, before);
            return null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    /** Gives the signal back to the JVM, unless somebody else has taken it meanwhile. */
    public void giveBack() {
        try {
            Object present = api.handle(signal, before);
            if (present != ours) {
                api.handle(signal, present);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The JVM does not take back the signal " + signal, e);
        }
    }

    /** Does what the JVM does when the signal comes. For INT it runs the shutdown hooks and exits, so this does not return. */
    public void leaveToJvm() {
        try {
            api.invoke.invoke(before, signal);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The JVM does not handle the signal " + signal, e);
        }
    }

    /** {@code sun.misc.Signal}, by name. */
    private record Api(Class<?> signal, Class<?> handler, Method handle, Method invoke) {
        static final @Nullable Api FOUND = find();

        private static @Nullable Api find() {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                return new Api(
                        signal,
                        handler,
                        signal.getMethod("handle", signal, handler),
                        handler.getMethod("handle", signal));
            } catch (ReflectiveOperationException | LinkageError e) {
                return null;
            }
        }

        Object handler(Runnable action) {
            return Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "equals":
                                return proxy == arguments[0];
                            case "hashCode":
                                return System.identityHashCode(proxy);
                            case "toString":
                                return action.toString();
                            default:
                                action.run();
                                return null;
                        }
                    });
        }

        Object handle(Object signal, Object handler) throws ReflectiveOperationException {
            try {
                return handle.invoke(null, signal, handler);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException refused) { // the JVM was told to leave signals alone
                    throw refused;
                }
                throw e;
            }
        }
    }
}
