package dev.weft.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signal of the operating system that somebody handles for a while.
 *
 * <p>Several may take the same signal: the last one gets it. When the last of them has given it back, whoever had it before
 * has it again, whatever the order. The only way to signals is {@code sun.misc.Signal}, which not every Java runtime has;
 * it is looked up by name.
 */
public final class Signals {
    /** What the JVM itself does with a signal looks like this from outside. */
    private static final String OF_THE_JVM = "sun.misc.Signal$SunMiscHandler";

    /** HotSpot stops its threads with this one, and lets programs have it all the same. */
    private static final String KEPT = "USR2";

    private static final Map<String, Taken> TAKEN = new HashMap<>(); // guarded by itself, as what is in it

    private final Taken taken;
    private final Runnable action;

    private Signals(Taken taken, Runnable action) {
        this.taken = taken;
        this.action = action;
    }

    /**
     * Lets {@code action} run, on a thread of its own, whenever the signal comes.
     *
     * @param name such as INT
     * @return null, and nothing has changed, if there are no signals here, the JVM leaves this one alone, the process
     *     ignores it, or the program handles it itself
     */
    public static @Nullable Signals takeFromJvm(String name, Runnable action) {
        synchronized (TAKEN) {
            if (Api.FOUND == null || TAKEN.containsKey(name)) {
                return null;
            }
            try {
                Taken taken = Taken.install(Api.FOUND, name);
                if (taken.before.getClass().getName().equals(OF_THE_JVM)) {
                    return taken.add(action);
                }
                taken.restore();
                return null;
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                return null;
            }
        }
    }

    /**
     * The same, whoever has it now.
     *
     * @throws IllegalArgumentException if there is no such signal, or it cannot be had
     * @throws UnsupportedOperationException if there are no signals here
     */
    public static Signals take(String name, Runnable action) {
        if (Api.FOUND == null) {
            throw new UnsupportedOperationException("Signals come through sun.misc.Signal, which this Java runtime does"
                    + " not have. Start it with --add-modules jdk.unsupported.");
        }
        if (name.equals(KEPT)) {
            throw new IllegalArgumentException(
                    "The signal " + name + " cannot be handled: the JVM stops its threads with it. USR1 is free.");
        }
        synchronized (TAKEN) {
            Taken taken = TAKEN.get(name);
            if (taken == null) {
                try {
                    taken = Taken.install(Api.FOUND, name);
                } catch (IllegalArgumentException refused) {
                    throw new IllegalArgumentException(
                            "The signal " + name + " cannot be handled: there is none of this name, or the operating"
                                    + " system or the JVM keeps it for itself (as -Xrs tells it to with those that end"
                                    + " it). " + refused.getMessage(),
                            refused);
                } catch (ReflectiveOperationException e) {
                    throw new UnsupportedOperationException("The JVM does not give away the signal " + name, e);
                }
            }
            return taken.add(action);
        }
    }

    /** Ends it; gives the signal back to whoever had it, unless others have taken it meanwhile. */
    public void giveBack() {
        synchronized (TAKEN) {
            taken.remove(this);
        }
    }

    /** Does what was done before the first one took it: for INT the JVM runs the shutdown hooks and exits, so that this does not return. */
    public void leaveToJvm() {
        taken.leaveToBefore();
    }

    /** One signal, and who has taken it. */
    private static final class Taken {
        private final Api api;
        private final String name;
        private final Object signal;
        private final Object ours;
        private final Object before;
        private final List<Signals> takers = new ArrayList<>(); // guarded by TAKEN, the last one gets it

        private Taken(Api api, String name) throws ReflectiveOperationException {
            this.api = api;
            this.name = name;
            signal = api.signal(name);
            ours = api.handler(this::arrived);
            before = api.handle(signal, ours);
        }

        static Taken install(Api api, String name) throws ReflectiveOperationException {
            return new Taken(api, name);
        }

        Signals add(Runnable action) {
            Signals taker = new Signals(this, action);
            takers.add(taker);
            TAKEN.put(name, this);
            return taker;
        }

        void remove(Signals taker) {
            if (takers.remove(taker) && takers.isEmpty()) {
                TAKEN.remove(name);
                restore();
            }
        }

        // On a thread of the JVM.
        private void arrived() {
            Signals last;
            synchronized (TAKEN) {
                last = takers.isEmpty() ? null : takers.get(takers.size() - 1);
            }
            if (last != null) {
                last.action.run();
            } else {
                leaveToBefore(); // it was given back a moment ago
            }
        }

        void restore() {
            try {
                Object present = api.handle(signal, before);
                if (present != ours) { // the program has set a handler without asking us
                    api.handle(signal, present);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("The JVM does not take back the signal " + signal, e);
            }
        }

        void leaveToBefore() {
            try {
                api.invoke.invoke(before, signal);
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof UnsupportedOperationException)) {
                    throw new IllegalStateException("The JVM does not handle the signal " + signal, e.getCause());
                }
                // It was the system's, which cannot be called: the signal came for somebody who has gone.
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("The JVM does not handle the signal " + signal, e);
            }
        }
    }

    /** {@code sun.misc.Signal}, by name. */
    private record Api(Class<?> type, Class<?> handler, Method handle, Method invoke) {
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

        Object signal(String name) throws ReflectiveOperationException {
            try {
                return type.getConstructor(String.class).newInstance(name);
            } catch (InvocationTargetException e) {
                throw unwrapped(e);
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
                throw unwrapped(e);
            }
        }

        private static InvocationTargetException unwrapped(InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) { // the JVM was told to leave signals alone
                throw refused;
            }
            return e;
        }
    }
}
