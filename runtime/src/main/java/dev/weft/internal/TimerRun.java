package dev.weft.internal;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The timers of one slot of a {@link TimerWheel} in order, from which the first ones are taken. Each knows its index. */
final class TimerRun {
    private static final int FIRST_PLACE = -2; // and downwards, as heap and slots have those from 0 upwards

    private @Nullable Timer[] timers = new Timer[0];
    private int start; // no gap, if there is anything left
    private int end;

    static boolean has(Timer timer) {
        return timer.place <= FIRST_PLACE;
    }

    @Nullable
    Timer first() {
        return start == end ? null : timers[start];
    }

    /**
     * Takes all timers of a slot; there are none left here.
     *
     * @param bits how many of the lowest bits of their deadlines may differ, 31 at most
     */
    void take(TimerSlot slot, int bits) {
        // A young array is cheaper to write to, for the collector's sake.
        Timer[] unsorted = new Timer[slot.size()];
        end = 0;
        slot.drainTo(timer -> unsorted[end++] = timer);
        // Numbers are faster to sort: the deadline within the slot, then the place, which is the order of creation.
        long[] order = new long[end];
        for (int i = 0; i < end; i++) {
            order[i] = (unsorted[i].when & ((1L << bits) - 1)) << 32 | i;
        }
        Arrays.sort(order);
        timers = new Timer[end];
        start = 0;
        for (int i = 0; i < end; i++) {
            Timer timer = unsorted[(int) order[i]];
            timers[i] = timer;
            timer.place = FIRST_PLACE - i;
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
}
