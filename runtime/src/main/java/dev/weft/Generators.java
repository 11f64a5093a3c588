package dev.weft;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The generators of a loop that have begun and not ended, in order of beginning. Loop thread only. */
final class Generators {
    private final EventLoop loop;
    private final Set<Entry> open = new LinkedHashSet<>();
    private final ReferenceQueue<Generator<?>> gone = new ReferenceQueue<>();

    Generators(EventLoop loop) {
        this.loop = loop;
    }

    void add(Generator<?> consumer, Generation<?> generation) {
        Entry entry = new Entry(consumer, generation, this);
        open.add(entry);
        generation.entered(entry);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Closes those that nobody can ask for another element any more; half-read ones, mostly. */
    void closeUnreachable() {
        if (open.isEmpty()) {
            return;
        }
        Object reference = gone.poll();
        while (reference != null) {
            Entry entry = (Entry) reference;
            entry.abandoned = true;
            if (!entry.generation.isRunning()) { // otherwise for a task that needs only the rest of a call
                closeAbandoned(entry);
            }
            reference = gone.poll();
        }
    }

    private void closeAbandoned(Entry entry) {
        if (open.remove(entry)) {
            loop.createTask("close of an abandoned generator", () -> close(entry.generation));
        }
    }

    /** Closes all, one after the other. */
    @Async
    void closeAll() {
        while (!open.isEmpty()) {
            for (Entry entry : List.copyOf(open)) {
                open.remove(entry);
                close(entry.generation);
            }
        }
    }

    @Async
    private void close(Generation<?> generation) {
        try {
            generation.close();
        } catch (RuntimeException e) {
            loop.callExceptionHandler(new LoopError("an error occurred during closing of a generator", e, null));
        }
    }

    /** One of them; keeps the code alive, but not the consumer's end of it. */
    static final class Entry extends WeakReference<Generator<?>> {
        private final Generation<?> generation;
        private final Generators owner;
        private boolean abandoned;

        Entry(Generator<?> consumer, Generation<?> generation, Generators owner) {
            super(consumer, owner.gone);
            this.generation = generation;
            this.owner = owner;
        }

        /** It has ended. */
        void remove() {
            owner.open.remove(this);
        }

        /** It waits in a yield, and perhaps for nobody. */
        void yielded() {
            if (abandoned) {
                owner.closeAbandoned(this);
            }
        }
    }
}
