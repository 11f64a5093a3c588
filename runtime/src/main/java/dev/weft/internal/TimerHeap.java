package dev.weft.internal;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A few timers in order of deadline, then creation: a binary heap in which each timer knows its index. */
final class TimerHeap {
    private Timer[] timers = new Timer[16];
    private int size;

    @Nullable
    Timer first() {
        return size == 0 ? null : timers[0];
    }

    void add(Timer timer) {
        if (size == timers.length) {
            timers = Arrays.copyOf(timers, size * 2);
        }
        siftUp(size++, timer);
    }

    void remove(Timer timer) {
        int index = timer.place;
        timer.place = Timer.NOWHERE;
        Timer last = timers[--size];
        timers[size] = null;
        if (last == timer) {
            return;
        }
        siftDown(index, last);
        if (last.place == index) {
            siftUp(index, last);
        }
    }

    void forEach(Consumer<? super Timer> action) {
        for (int i = 0; i < size; i++) {
            action.accept(timers[i]);
        }
    }

    void clear() {
        Arrays.fill(timers, 0, size, null);
        size = 0;
    }

    private void siftUp(int start, Timer timer) {
        int index = start;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (!timer.isBefore(timers[parent])) {
                break;
            }
            put(index, timers[parent]);
            index = parent;
        }
        put(index, timer);
    }

    private void siftDown(int start, Timer timer) {
        int index = start;
        while (2 * index + 1 < size) {
            int child = 2 * index + 1;
            if (child + 1 < size && timers[child + 1].isBefore(timers[child])) {
                child++;
            }
            if (!timers[child].isBefore(timer)) {
                break;
            }
            put(index, timers[child]);
            index = child;
        }
        put(index, timer);
    }

    private void put(int index, Timer timer) {
        timers[index] = timer;
        timer.place = index;
    }
}
