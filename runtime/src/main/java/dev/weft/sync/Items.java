package dev.weft.sync;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a queue holds, in the order in which it is given out. */
abstract class Items<T> {
    private final String kind;

    private Items(String kind) {
        this.kind = kind;
    }

    abstract void add(T item);

    /** The next one; there must be one. */
    abstract T remove();

    /** Undoes a {@link #remove}: the item is the next one again. */
    abstract void putBack(T item);

    abstract int size();

    abstract Iterator<T> iterator();

    /** What kind of queue it makes. */
    final String kind() {
        return kind;
    }

    /** The first of them, as many as a message can bear. */
    final String describe() {
        StringBuilder text = new StringBuilder("[");
        Iterator<T> items = iterator();
        for (int shown = 0; items.hasNext() && shown < 10; shown++) {
            text.append(shown == 0 ? "" : ", ").append(items.next());
        }
        return text.append(items.hasNext() ? ", ... of " + size() : "")
                .append(']')
                .toString();
    }

    static <T> Items<T> fifo() {
        return new InLine<>("AsyncQueue") {
            @Override
            void add(T item) {
                append(item);
            }
        };
    }

    static <T> Items<T> lifo() {
        return new InLine<>("AsyncQueue.lifo") {
            @Override
            void add(T item) {
                putBack(item);
            }
        };
    }

    static <T> Items<T> priority(Comparator<? super T> order) {
        return new Sorted<>(order);
    }

    private abstract static class InLine<T> extends Items<T> {
        private @Nullable T first;
        private @Nullable ArrayDeque<T> others; // null in the many queues that never hold two items

        InLine(String kind) {
            super(kind);
        }

        final void append(T item) {
            if (first == null) {
                first = item;
            } else {
                others().addLast(item);
            }
        }

        @Override
        final void putBack(T item) {
            if (first != null) {
                others().addFirst(first);
            }
            first = item;
        }

        @Override
        @SuppressWarnings("NullAway") // there is one
        final T remove() {
            T item = first;
            first = others == null ? null : others.pollFirst();
            return item;
        }

        private ArrayDeque<T> others() {
            if (others == null) {
                others = new ArrayDeque<>();
            }
            return others;
        }

        @Override
        final int size() {
            return (first == null ? 0 : 1) + (others == null ? 0 : others.size());
        }

        @Override
        final Iterator<T> iterator() {
            return Stream.concat(Stream.ofNullable(first), others == null ? Stream.empty() : others.stream())
                    .iterator();
        }
    }

    /** The least first; equal ones in the order of arrival. */
    private static final class Sorted<T> extends Items<T> {
        private record Entry<T>(T item, long arrival) {}

        private final PriorityQueue<Entry<T>> entries;
        private long latest;
        private long earliest;

        Sorted(Comparator<? super T> order) {
            super("AsyncQueue.priority");
            entries = new PriorityQueue<>(
                    Comparator.<Entry<T>, T>comparing(Entry::item, order).thenComparingLong(Entry::arrival));
        }

        @Override
        void add(T item) {
            entries.add(new Entry<>(item, ++latest));
        }

        @Override
        T remove() {
            return entries.remove().item;
        }

        @Override
        void putBack(T item) {
            entries.add(new Entry<>(item, --earliest));
        }

        @Override
        int size() {
            return entries.size();
        }

        @Override
        Iterator<T> iterator() {
            List<T> sorted = entries.stream()
                    .sorted(entries.comparator())
                    .map(Entry::item)
                    .toList();
            return sorted.iterator();
        }
    }
}
