package dev.weft.internal;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one slot of a {@link TimerWheel} in the order of their adding; each knows its index. Arrays and not a linked
 * list: to walk through many timers takes most of its time to fetch them from memory, and of an array's several are fetched
 * at once. And arrays of a bounded length, because G1 treats long ones badly.
 */
final class TimerSlot {
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int FEWEST = 2;
    private static final int FEW = 16;

    private @Nullable Timer[][] chunks = {new Timer[FEWEST]};
    private int capacity = FEWEST;
    private int end; // of what is used, with the gaps that timers taken out have left
    private int size;

    int size() {
        return size;
    }

    void add(Timer timer) {
        if (end == capacity) {
            makeRoom();
        }
        put(end++, timer);
        size++;
    }

    void remove(Timer timer) {
        chunks[timer.place >> CHUNK_BITS][timer.place & CHUNK - 1] = null;
        timer.place = Timer.NOWHERE;
        size--;
        while (end > 0 && get(end - 1) == null) {
            end--;
        }
        if (size == 0) {
            shrink();
        }
    }

    /** Gives all timers to {@code taker}, and is empty then. */
    void drainTo(Consumer<? super Timer> taker) {
        @Nullable Timer[][] drained = chunks;
        int left = end;
        shrink();
        end = 0;
        size = 0;
        for (int chunk = 0; left > 0; chunk++, left -= CHUNK) {
            @Nullable Timer[] timers = drained[chunk];
            for (int i = 0; i < Math.min(left, CHUNK); i++) {
                Timer timer = timers[i];
                if (timer != null) {
                    timers[i] = null;
                    taker.accept(timer);
                }
            }
        }
    }

    void forEach(Consumer<? super Timer> action) {
        for (int i = 0; i < end; i++) {
            Timer timer = get(i);
            if (timer != null) {
                action.accept(timer);
            }
        }
    }

    /** The first deadline; {@link Long#MAX_VALUE} if it is empty. */
    long first() {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < end; i++) {
            Timer timer = get(i);
            if (timer != null) {
                first = Math.min(first, timer.when);
            }
        }
        return first;
    }

    private @Nullable Timer get(int index) {
        return chunks[index >> CHUNK_BITS][index & CHUNK - 1];
    }

    private void put(int index, Timer timer) {
        chunks[index >> CHUNK_BITS][index & CHUNK - 1] = timer;
        timer.place = index;
    }

    private void makeRoom() {
        if (size < end - end / 4) {
            closeGaps();
        } else if (capacity < CHUNK) {
            capacity *= 2;
            chunks[0] = Arrays.copyOf(chunks[0], capacity);
        } else {
            int chunk = capacity >> CHUNK_BITS;
            if (chunk == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunk * 2);
            }
            chunks[chunk] = new Timer[CHUNK];
            capacity += CHUNK;
        }
    }

    private void shrink() {
        if (capacity > FEW) {
            chunks = new Timer[][] {new Timer[FEWEST]};
            capacity = FEWEST;
        }
    }

    private void closeGaps() {
        int kept = 0;
        for (int i = 0; i < end; i++) {
            Timer timer = get(i);
            if (timer != null) {
                chunks[i >> CHUNK_BITS][i & CHUNK - 1] = null;
                put(kept++, timer);
            }
        }
        end = kept;
    }
}
