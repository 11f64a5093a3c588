package dev.weft;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A failure that nobody has looked at yet, kept in mind until somebody does or nobody can any more. Loop thread only. */
final class Unobserved extends WeakReference<AsyncFuture<?>> {
    private final Watch watch;
    private final Failure failure;
    private final @Nullable String taskName;
    private final @Nullable Object context; // as in CurrentContext

    private Unobserved(AsyncFuture<?> future, Failure failure, Watch watch) {
        super(future, watch.gone);
        this.watch = watch;
        this.failure = failure;
        Task<?> task = future instanceof Task<?> failed ? failed : null;
        taskName = task == null ? null : task.name();
        context = task == null ? null : task.contextOrBindings();
    }

    void forget() {
        watch.watched.remove(this);
    }

    private void report() {
        watch.loop.reportIn(context, error());
    }

    private LoopError error() {
        AsyncFuture<?> future = get();
        boolean isTask = taskName != null;
        Object source = future != null ? future : description();
        return new LoopError(
                (isTask ? "Task" : "Future") + " exception was never retrieved", failure.exception, source);
    }

    private String description() {
        String kind = taskName == null ? "AsyncFuture finished" : "Task finished name='" + taskName + "'";
        return "<" + kind + " exception=" + failure.exception + ">";
    }

    /** All of them in one loop, in order of failure. */
    static final class Watch {
        private final EventLoop loop;
        private final Set<Unobserved> watched = new LinkedHashSet<>();
        private final ReferenceQueue<AsyncFuture<?>> gone = new ReferenceQueue<>();

        Watch(EventLoop loop) {
            this.loop = loop;
        }

        void watch(AsyncFuture<?> future, Failure failure) {
            Unobserved entry = new Unobserved(future, failure, this);
            failure.unobserved = entry;
            watched.add(entry);
        }

        /** Reports the failures of futures that no code can reach any more. */
        void reportUnreachable() {
            if (watched.isEmpty()) {
                return;
            }
            Object reference = gone.poll();
            while (reference != null) {
                if (watched.remove(reference)) {
                    ((Unobserved) reference).report();
                }
                reference = gone.poll();
            }
        }

        /** Reports all failures: the loop ends, and what nobody has looked at nobody will. */
        void reportAll() {
            while (!watched.isEmpty()) {
                Unobserved first = watched.iterator().next();
                watched.remove(first);
                first.report();
            }
        }
    }
}
