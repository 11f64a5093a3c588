package dev.weft.sync;

import dev.weft.Async;
import dev.weft.AsyncIterable;
import dev.weft.AsyncIterator;
import dev.weft.internal.Continuation;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hands items from tasks that make them to tasks that use them.
 *
 * <pre>{@code
 * AsyncQueue<String> pages = AsyncQueue.fifo(10); // put waits while it holds 10
 *
 * taskGroup(group -> {
 *     group.createTask(() -> {
 *         for (String page : pages) { // waits for the next one, until the queue is shut down and empty
 *             print(page);
 *         }
 *     });
 *     for (String url : urls) {
 *         pages.put(download(url));
 *     }
 *     pages.shutdown(false);
 * });
 * }</pre>
 *
 * <p>No item is lost or given out twice, whoever is cancelled. Getters are woken in the order in which they began to wait,
 * and so are putters.
 *
 * @param <T> the items, which are not null
 */
public final class AsyncQueue<T> implements AsyncIterable<T> {
    private final Items<T> items;
    private final int maxSize; // 0 for no limit
    final Line getters = new Line(this);
    final Line putters = new Line(this);
    private final AsyncEvent finished = new AsyncEvent(); // set while unfinished is 0
    private int size;
    private int unfinished; // were put, and taskDone has not been called for them
    private boolean shutDown;

    private AsyncQueue(Items<T> items, int maxSize) {
        if (maxSize < 0) {
            throw new IllegalArgumentException(
                    "maxSize must be >= 0, not " + maxSize + ". 0 makes a queue without a limit.");
        }
        this.items = items;
        this.maxSize = maxSize;
        finished.set();
    }

    /**
     * A queue that gives out items in the order of their arrival.
     *
     * @param maxSize how many it holds at most; 0 for no limit
     */
    public static <T> AsyncQueue<T> fifo(int maxSize) {
        return new AsyncQueue<>(Items.fifo(), maxSize);
    }

    /**
     * A queue that gives out the latest item first.
     *
     * @param maxSize how many it holds at most; 0 for no limit
     */
    public static <T> AsyncQueue<T> lifo(int maxSize) {
        return new AsyncQueue<>(Items.lifo(), maxSize);
    }

    /**
     * A queue that gives out the least item first, and equal ones in the order of their arrival.
     *
     * @param maxSize how many it holds at most; 0 for no limit
     */
    public static <T> AsyncQueue<T> priority(int maxSize, Comparator<? super T> order) {
        return new AsyncQueue<>(Items.priority(order), maxSize);
    }

    /**
     * Adds an item; suspends while the queue is full.
     *
     * @throws QueueShutDownException if the queue was shut down, also while this waited
     */
    @Async
    public void put(T item) {
        put$async(item, Continuation.REFUSING);
    }

    /**
     * The twin of {@link #put} that rewritten code calls.
     *
     * @hidden
     */
    public void put$async(T item, Continuation co) {
        if (isFull() && !shutDown) {
            putters.add(new Putter<>(co, this, item), co);
        } else {
            putNowait(item, co);
        }
    }

    /**
     * Adds an item without waiting.
     *
     * @throws QueueFullException if there is no room
     * @throws QueueShutDownException if the queue was shut down
     */
    public void putNowait(T item) {
        putNowait(item, Continuation.REFUSING);
    }

    void putNowait(T item, Continuation co) {
        Objects.requireNonNull(
                item, "A queue takes no null. Call shutdown(false) to tell that there are no more items.");
        if (shutDown) {
            throw shutDown("put into");
        }
        if (isFull()) {
            throw new QueueFullException("The queue is full: " + this + ". put(...) waits until there is room.");
        }
        items.add(item);
        size++;
        if (unfinished++ == 0) {
            finished.clear();
        }
        getters.wakeNext(co);
    }

    /**
     * Takes the next item; suspends while there is none. If the task is cancelled meanwhile, it takes none.
     *
     * @throws QueueShutDownException if the queue is empty and was shut down, also while this waited
     */
    @Async
    public T get() {
        return get$async(Continuation.REFUSING);
    }

    /**
     * The twin of {@link #get} that rewritten code calls.
     *
     * @hidden
     */
    @SuppressWarnings("NullAway") // the value of a suspended call is never used
    public T get$async(Continuation co) {
        if (isEmpty() && !shutDown) {
            getters.add(Getter.of(co, this, false), co);
            return null;
        }
        return take(co);
    }

    /**
     * Takes the next item without waiting.
     *
     * @throws QueueEmptyException if there is none
     * @throws QueueShutDownException if there is none and the queue was shut down
     */
    public T getNowait() {
        if (isEmpty() && !shutDown) {
            throw new QueueEmptyException("The queue is empty: " + this + ". get() waits until there is an item.");
        }
        return take(Continuation.REFUSING);
    }

    /** Takes the next item, or gives null when the queue is shut down and empty. */
    @Async
    @Nullable
    T next() {
        return next$async(Continuation.REFUSING);
    }

    @Nullable
    T next$async(Continuation co) {
        if (isEmpty()) {
            if (!shutDown) {
                getters.add(Getter.of(co, this, true), co);
            }
            return null;
        }
        return remove(co);
    }

    /** Takes the next item of a queue that has one or was shut down. */
    T take(Continuation co) {
        if (isEmpty()) {
            throw shutDown("get from");
        }
        return remove(co);
    }

    T remove(Continuation co) {
        T item = items.remove();
        size--;
        putters.wakeNext(co);
        return item;
    }

    /** Gives an item back that was taken, as the next one. */
    void putBack(T item) {
        items.putBack(item);
        size++;
        getters.wakeNext(Continuation.REFUSING);
    }

    /**
     * The work on an item that was taken is done.
     *
     * @throws IllegalStateException if it was called for each item already
     */
    public void taskDone() {
        if (unfinished == 0) {
            throw new IllegalStateException(
                    "taskDone() called too many times: " + this + ". Call it once for each item that was taken.");
        }
        unfinished--;
        if (unfinished == 0) {
            finished.set();
        }
    }

    /** Suspends until {@link #taskDone} was called for each item that was put; returns at once if it was. */
    @Async
    public void join() {
        if (unfinished > 0) {
            finished.await();
        }
    }

    /**
     * Ends the use of the queue: puts throw {@link QueueShutDownException}, those that wait included, and gets do so when
     * there are no more items.
     *
     * @param immediate whether the items that it holds are dropped, as if they were taken and done
     */
    public void shutdown(boolean immediate) {
        shutDown = true;
        if (immediate) {
            drop();
        }
        getters.wakeAll();
        putters.wakeAll();
    }

    private void drop() {
        while (!isEmpty()) {
            items.remove();
            size--;
            unfinished = Math.max(unfinished - 1, 0); // somebody may have called taskDone before the get
        }
        if (unfinished == 0) {
            finished.set();
        }
    }

    /** How many items it holds. */
    public int size() {
        return size;
    }

    /** How many items it may hold; 0 for no limit. */
    public int maxSize() {
        return maxSize;
    }

    boolean isShutDown() {
        return shutDown;
    }

    /** Whether it holds nothing. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Whether it holds as much as it may. */
    public boolean isFull() {
        return maxSize > 0 && size >= maxSize;
    }

    /**
     * Takes items, until the queue is shut down and empty. Several tasks may iterate; each item goes to one of them. An
     * iterator that is closed between {@code hasNext()} and {@code next()} gives its item back.
     */
    @Override
    public AsyncIterator<T> iterator() {
        return new QueueIterator<>(this);
    }

    private QueueShutDownException shutDown(String action) {
        return new QueueShutDownException("Cannot " + action + " a queue that was shut down: " + this + ".");
    }

    private static void appendCount(StringBuilder text, String name, int count) {
        if (count > 0) {
            text.append(name).append('[').append(count).append(']');
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<" + items.kind() + " maxSize=" + maxSize);
        if (!isEmpty()) {
            text.append(" items=").append(items.describe());
        }
        appendCount(text, " getters", getters.size());
        appendCount(text, " putters", putters.size());
        if (unfinished > 0) {
            text.append(" tasks=").append(unfinished);
        }
        return text.append(shutDown ? " shutdown>" : ">").toString();
    }
}
