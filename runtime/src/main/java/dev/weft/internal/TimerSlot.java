package dev.weft.internal;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one slot of a {@link TimerWheel}, each of which knows its index. An array and not a linked list: to walk
 * through many timers takes most of its time to fetch them from memory, and of an array's several are fetched at once.
 */
final class TimerSlot {
    private static final int FEW = 16;

    private @Nullable Timer[] timers = new Timer[2];
    private int end; // of what is used, with the gaps that timers taken out have left
    private int size;

    int size() {
        return size;
    }

    void add(Timer timer) {
        if (end == timers.length) {
            makeRoom();
        }
        timer.place = end;
        timers[end++] = timer;
        size++;
    }

    void remove(Timer timer) {
        timers[timer.place] = null;
        timer.place = Timer.NOWHERE;
        size--;
        while (end > 0 && timers[end - 1] == null) {
            end--;
        }
    }

    /** Takes all timers out, in the order of their adding. */
    Timer[] drain() {
        Timer[] drained = new Timer[size];
        int count = 0;
        for (int i = 0; i < end; i++) {
            Timer timer = timers[i];
            if (timer != null) {
                drained[count++] = timer;
            }
        }
        if (timers.length > FEW) {
            timers = new Timer[2];
        } else {
            Arrays.fill(timers, 0, end, null);
        }
        end = 0;
        size = 0;
        return drained;
    }

    void forEach(Consumer<? super Timer> action) {
        for (int i = 0; i < end; i++) {
            Timer timer = timers[i];
            if (timer != null) {
                action.accept(timer);
            }
        }
    }

    /** The first deadline; {@link Long#MAX_VALUE} if it is empty. */
    long first() {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < end; i++) {
            Timer timer = timers[i];
            if (timer != null) {
                first = Math.min(first, timer.when);
            }
        }
        return first;
    }

    private void makeRoom() {
        if (size >= end - end / 4) { // few gaps
            timers = Arrays.copyOf(timers, end * 2);
            return;
        }
        int kept = 0;
        for (int i = 0; i < end; i++) {
            Timer timer = timers[i];
            if (timer != null) {
                timers[i] = null;
                timer.place = kept;
                timers[kept++] = timer;
            }
        }
        end = kept;
    }
}
