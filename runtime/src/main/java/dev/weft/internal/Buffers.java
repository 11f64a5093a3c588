package dev.weft.internal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a loop lends to its connections, so that one which has nothing to keep holds none. Loop thread only.
 *
 * <p>Arrays have sizes of 2 KiB, 4 KiB and so on. Up to 4 MiB are kept for the next ones who ask; larger arrays than 256
 * KiB never are.
 */
public final class Buffers {
    private static final int SMALLEST = 2 * 1024;
    private static final int SIZES = 8; // that are kept
    private static final int MOST_KEPT = 4 * 1024 * 1024;
    private static final int MOST_QUEUES = 1024;
    private static final int TRANSFER = 64 * 1024;

    private final ArrayDeque<ByteQueue> queues = new ArrayDeque<>(); // empty, of the smallest size
    private final @Nullable ArrayDeque<byte[]>[] arrays;
    private int kept; // bytes in arrays
    private @Nullable ByteBuffer transfer;
    private @Nullable ByteBuffer scratch;
    private final Outbox outbox = new Outbox();

    @SuppressWarnings("unchecked")
    Buffers() {
        arrays = (ArrayDeque<byte[]>[]) new ArrayDeque<?>[SIZES];
    }

    /** What goes through a channel goes through this one: cleared by whoever uses it, and used within one call. */
    public ByteBuffer transfer() {
        if (transfer == null) {
            transfer = ByteBuffer.allocateDirect(TRANSFER);
        }
        transfer.clear();
        return transfer;
    }

    /** The same in the heap, and of at least that size. */
    public ByteBuffer scratch(int size) {
        ByteBuffer buffer = scratch;
        if (buffer == null || buffer.capacity() < size) {
            buffer = ByteBuffer.allocate(size);
            scratch = buffer;
        }
        return buffer.clear();
    }

    /** What is sent before the next poll. */
    public Outbox outbox() {
        return outbox;
    }

    /** An empty queue that has room for {@code length} bytes. */
    public ByteQueue borrow(int length) {
        return length <= SMALLEST ? borrow() : new ByteQueue(array(length));
    }

    /** An empty queue. */
    public ByteQueue borrow() {
        ByteQueue queue = queues.pollLast();
        return queue != null ? queue : new ByteQueue(new byte[SMALLEST]);
    }

    /** Takes back a queue; what is in it is lost. */
    public void giveBack(ByteQueue queue) {
        byte[] array = queue.arrayOfEmpty();
        if (array.length > SMALLEST) {
            keep(array);
        } else if (queues.size() < MOST_QUEUES) {
            queues.addLast(queue);
        }
    }

    /** An array of at least that length. */
    byte[] array(int length) {
        int size = size(length);
        if (size >= SIZES) {
            int rounded = SMALLEST << Math.min(size, 18); // up to 512 MiB
            return new byte[Math.max(length, rounded)];
        }
        ArrayDeque<byte[]> free = arrays[size];
        byte[] array = free == null ? null : free.pollLast();
        if (array == null) {
            return new byte[SMALLEST << size];
        }
        kept -= array.length;
        return array;
    }

    /** Takes an array for others. */
    void keep(byte[] array) {
        int size = size(array.length);
        if (size >= SIZES || kept + array.length > MOST_KEPT) {
            return;
        }
        ArrayDeque<byte[]> free = arrays[size];
        if (free == null) {
            free = new ArrayDeque<>();
            arrays[size] = free;
        }
        free.addLast(array);
        kept += array.length;
    }

    /** Which of the sizes has room for {@code length}. */
    private static int size(int length) {
        return length <= SMALLEST ? 0 : Integer.numberOfTrailingZeros(Integer.highestOneBit(length - 1) << 1) - 11;
    }
}
