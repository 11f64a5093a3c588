package dev.weft;

import dev.weft.internal.Continuation;
import dev.weft.internal.Job;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A failure that nobody has looked at yet, kept in mind until somebody does or nobody can any more. Loop thread only. */
final class Unobserved extends WeakReference<AsyncFuture<?>> {
    private final Watch watch;
    private final Failure failure;
    private final @Nullable String taskName;
    private final @Nullable Object context; // as in CurrentContext
    private final @Nullable Object @Nullable [] carried; // as in Carriers
    private final List<StackTraceElement> creation;

    private Unobserved(AsyncFuture<?> future, Failure failure, Watch watch) {
        super(future, Unreachable.QUEUE);
        this.watch = watch;
        this.failure = failure;
        Task<?> task = future instanceof Task<?> failed ? failed : null;
        taskName = task == null ? null : task.name();
        context = task == null ? null : task.contextOrBindings();
        carried = task == null ? null : watch.loop.capture(); // it is ending its last step
        creation = Creation.of(future);
    }

    void forget() {
        watch.watched.remove(this);
    }

    private LoopError error() {
        AsyncFuture<?> future = get();
        boolean isTask = taskName != null;
        Object source = future != null ? future : description();
        return new LoopError(
                (isTask ? "Task" : "Future") + " exception was never retrieved", failure.exception, source, creation);
    }

    private String description() {
        String kind = taskName == null ? "AsyncFuture finished" : "Task finished name='" + taskName + "'";
        return "<" + kind + " exception=" + failure.exception + ">";
    }

    /** All of them in one loop, in order of failure. */
    static final class Watch {
        private final EventLoop loop;
        private final Set<Unobserved> watched = new LinkedHashSet<>();

        Watch(EventLoop loop) {
            this.loop = loop;
        }

        void watch(AsyncFuture<?> future, Failure failure) {
            Unobserved entry = new Unobserved(future, failure, this);
            failure.unobserved = entry;
            watched.add(entry);
            Unreachable.start();
        }

        /** Reports all failures: the loop ends, and what nobody has looked at nobody will. */
        void reportAll() {
            while (!watched.isEmpty()) {
                report(watched.iterator().next());
            }
        }

        private void report(Unobserved entry) {
            if (watched.remove(entry)) {
                loop.reportIn(entry.context, entry.carried, entry.error());
            }
        }
    }

    /** Brings those that no code can reach any more to their loops, on a thread of its own, as loops may sleep for long. */
    private static final class Unreachable {
        private static final ReferenceQueue<AsyncFuture<?>> QUEUE = new ReferenceQueue<>();

        static {
            Thread thread = new Thread(null, Unreachable::pass, "weft-unobserved", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        }

        /** Once, when the class is initialised. */
        static void start() {}

        private static void pass() {
            while (true) {
                try {
                    Unobserved entry = (Unobserved) QUEUE.remove();
                    entry.watch.loop.engine.post(new Job() {
                        @Override
                        protected void run(Continuation co) {
                            entry.watch.report(entry);
                        }
                    });
                } catch (InterruptedException e) {
                    // nobody has a reason to
                }
            }
        }
    }
}
