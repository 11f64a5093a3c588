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

    private Unobserved(AsyncFuture<?> future, Failure failure, Watch watch) {
        super(future, watch.gone);
        this.watch = watch;
        this.failure = failure;
        taskName = future instanceof Task<?> task ? task.name() : null;
    }

    void forget() {
        watch.watched.remove(this);
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
                    loop.callExceptionHandler(((Unobserved) reference).error());
                }
                reference = gone.poll();
            }
        }

        /** Reports all failures: the loop ends, and what nobody has looked at nobody will. */
        void reportAll() {
            while (!watched.isEmpty()) {
                Unobserved first = watched.iterator().next();
                watched.remove(first);
                loop.callExceptionHandler(first.error());
            }
        }
    }
}
