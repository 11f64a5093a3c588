package dev.weft.internal;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Timers in order, many at a time: whole slots of a {@link TimerWheel} are sorted and appended, the first ones taken. */
final class TimerRun {
    private static final int FIRST_PLACE = -2; // and downwards, as heap and slots have those from 0 upwards

    private @Nullable Timer[] timers = new Timer[0];
    private int start; // no gap
    private int end;

    static boolean has(Timer timer) {
        return timer.place <= FIRST_PLACE;
    }

    @Nullable
    Timer first() {
        return start == end ? null : timers[start];
    }

    /**
     * Appends the timers of a slot, which are later than all that are here.
     *
     * @param bits how many of the lowest bits of their deadlines may differ, 31 at most
     */
    void append(TimerSlot slot, int bits) {
        Timer[] unsorted = slot.drain();
        // Numbers are faster to sort: the deadline within the slot, then the place, which is the order of creation.
        long[] order = new long[unsorted.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (unsorted[i].when & ((1L << bits) - 1)) << 32 | i;
        }
        Arrays.sort(order);
        makeRoom(order.length);
        for (long timer : order) {
            put(end++, unsorted[(int) timer]);
        }
    }

    void remove(Timer timer) {
        timers[FIRST_PLACE - timer.place] = null;
        timer.place = Timer.NOWHERE;
        while (start < end && timers[start] == null) {
            start++;
        }
    }

    void forEach(Consumer<? super Timer> action) {
        for (int i = start; i < end; i++) {
            Timer timer = timers[i];
            if (timer != null) {
                action.accept(timer);
            }
        }
    }

    void clear() {
        timers = new Timer[0];
        start = 0;
        end = 0;
    }

    private void makeRoom(int more) {
        int kept = end - start;
        if (timers.length - end >= more) {
            return;
        }
        if (start < kept) {
            timers = Arrays.copyOf(timers, end + Math.max(more, end));
            return;
        }
        @Nullable Timer[] old = timers; // a young array is cheaper to write to, for the collector's sake
        int from = start;
        timers = new Timer[kept + Math.max(more, kept)];
        start = 0;
        end = kept;
        for (int i = 0; i < kept; i++) {
            Timer timer = old[from + i];
            if (timer != null) {
                put(i, timer);
            }
        }
    }

    private void put(int index, Timer timer) {
        timers[index] = timer;
        timer.place = FIRST_PLACE - index;
    }
}
