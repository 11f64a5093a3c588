package dev.weft;

import dev.weft.spi.ThreadLocalCarrier;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The thread-locals in which each task of a loop has values of its own. Immutable, for any thread. */
final class Carriers {
    private static final Logger LOG = System.getLogger("dev.weft");
    private static final ThreadLocalCarrier.Scope NOTHING = () -> {};

    private final ThreadLocalCarrier<Object>[] carriers;

    @SuppressWarnings({"unchecked", "rawtypes"}) // a carrier is given what it has captured itself
    private Carriers(List<ThreadLocalCarrier> carriers) {
        this.carriers = carriers.toArray(new ThreadLocalCarrier[0]);
    }

    /** Those that are installed, null if there are none; looked for once. */
    static @Nullable Carriers installed() {
        return Installed.CARRIERS;
    }

    /** These, if there are any, and another one. */
    @SuppressWarnings("rawtypes")
    static Carriers add(@Nullable Carriers present, ThreadLocalCarrier<?> carrier) {
        List<ThreadLocalCarrier> all = new ArrayList<>(present == null ? List.of() : List.of(present.carriers));
        all.add(carrier);
        return new Carriers(all);
    }

    /** The calling thread's values. */
    @Nullable
    Object[] capture() {
        @Nullable Object[] values = new Object[carriers.length];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = carriers[i].capture();
            } catch (Throwable failure) {
                failed(carriers[i], failure);
                values[i] = this; // which enter leaves out
            }
        }
        return values;
    }

    /** Work for another thread, with the calling thread's values. */
    <T> Callable<T> wrap(Callable<T> work) {
        @Nullable Object[] values = capture();
        return () -> {
            ThreadLocalCarrier.Scope scope = enter(values);
            try {
                return work.call();
            } finally {
                scope.exit();
            }
        };
    }

    /** Gives the calling thread values, until the scope is left; none at all for null. */
    ThreadLocalCarrier.Scope enter(@Nullable Object @Nullable [] values) {
        if (values == null) {
            return NOTHING;
        }
        ThreadLocalCarrier.Scope[] scopes = new ThreadLocalCarrier.Scope[values.length];
        for (int i = 0; i < values.length; i++) {
            scopes[i] = values[i] == this ? NOTHING : enter(carriers[i], values[i]);
        }
        return () -> exit(scopes);
    }

    private ThreadLocalCarrier.Scope enter(ThreadLocalCarrier<Object> carrier, @Nullable Object value) {
        try {
            return carrier.enter(value);
        } catch (Throwable failure) {
            failed(carrier, failure);
            return NOTHING;
        }
    }

    private void exit(ThreadLocalCarrier.Scope[] scopes) {
        for (int i = scopes.length - 1; i >= 0; i--) {
            try {
                scopes[i].exit();
            } catch (Throwable failure) {
                failed(carriers[i], failure);
            }
        }
    }

    private static void failed(ThreadLocalCarrier<?> carrier, Throwable failure) {
        if (Failures.isFatal(failure)) {
            throw (VirtualMachineError) failure;
        }
        LOG.log(Level.ERROR, "Carrier of thread-locals " + carrier + " has failed", failure);
    }

    /** A class of its own, so that nobody looks before the first loop is made. */
    private static final class Installed {
        static final @Nullable Carriers CARRIERS = find();

        @SuppressWarnings("rawtypes")
        private static @Nullable Carriers find() {
            List<ThreadLocalCarrier> found = new ArrayList<>();
            try {
                ClassLoader loader = ThreadLocalCarrier.class.getClassLoader();
                for (ThreadLocalCarrier carrier : ServiceLoader.load(ThreadLocalCarrier.class, loader)) {
                    found.add(carrier);
                }
            } catch (ServiceConfigurationError e) {
                LOG.log(Level.ERROR, "A carrier of thread-locals cannot be made; no further ones are installed", e);
            }
            return found.isEmpty() ? null : new Carriers(found);
        }
    }
}
