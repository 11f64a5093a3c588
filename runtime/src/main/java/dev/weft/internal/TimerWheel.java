package dev.weft.internal;

import java.util.function.Consumer;

/**
 * The timers of a loop: cheap to add, to cancel and to fire, however many there are. Timers fire in order of deadline,
 * those of equal deadline in order of creation.
 *
 * <p>A hierarchy of wheels of 64 slots. Time counts in ticks of 2^20 ns, about a millisecond; a timer's level is the place
 * of the highest digit, in base 64, in which its tick differs from the wheel's position, and its slot there is that digit.
 * So all timers of a level come before those of the next one, and as the position enters a slot its timers move to lower
 * levels. Those of the current tick and before it wait in a heap, which holds about a millisecond's worth.
 *
 * <pre>
 *   far ... level 1: 64 slots of 64 ticks, level 0: 64 slots of 1 tick -> near: a heap -> ready
 * </pre>
 *
 * Loop thread only.
 */
final class TimerWheel {
    /** No timer is due before the end of time. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int TICK_BITS = 20;
    private static final int DIGIT_BITS = 6;
    private static final int SLOTS = 1 << DIGIT_BITS;
    private static final int LEVELS = (63 - TICK_BITS) / DIGIT_BITS + 1;
    private static final int FIRST_SLOT_PLACE =
            -2; // slots have the places from here downwards, heap indices from 0 upwards
    private static final int SCAN_LIMIT = 64;

    private final TimerHeap near = new TimerHeap();
    private final Timer[][] slots = new Timer[LEVELS][]; // the first timer of each slot; a level is made when needed
    private final long[] occupied = new long[LEVELS]; // one bit per slot that is not empty
    private long position; // in ticks
    private int sequence;
    private int size;
    private long next = NEVER;

    /** A time before which no timer is due, {@link #NEVER} if there is none. Timers taken out since may count. */
    long next() {
        return next;
    }

    /** The same as it is now: the first deadline, or somewhat earlier if many share that time's slot. */
    long refreshNext() {
        Timer first = near.first();
        next = first == null ? firstOfSlots() : first.when;
        return next;
    }

    void add(Timer timer) {
        timer.sequence = sequence++;
        size++;
        place(timer);
        if (timer.when < next) {
            next = timer.when;
        }
    }

    /** Takes a timer out, and tells whether it was in. */
    boolean remove(Timer timer) {
        if (timer.place == Timer.NOWHERE) {
            return false;
        }
        if (timer.place >= 0) {
            near.remove(timer);
        } else {
            unlink(timer);
        }
        size--;
        if (size == 0) {
            next = NEVER;
        }
        return true;
    }

    /** Moves the timers that are due at {@code now} to {@code ready}, in order. */
    void moveDue(long now, ReadyQueue ready) {
        if (now < next) {
            return;
        }
        advance(now >> TICK_BITS);
        Timer timer = near.first();
        while (timer != null && timer.when <= now) {
            near.remove(timer);
            size--;
            ready.add(timer);
            timer = near.first();
        }
        refreshNext();
    }

    void forEach(Consumer<? super Timer> action) {
        near.forEach(action);
        for (Timer[] level : slots) {
            for (int slot = 0; level != null && slot < SLOTS; slot++) {
                for (Timer timer = level[slot]; timer != null; timer = (Timer) timer.next) {
                    action.accept(timer);
                }
            }
        }
    }

    void clear() {
        forEach(timer -> timer.place = Timer.NOWHERE);
        near.clear();
        for (int level = 0; level < LEVELS; level++) {
            slots[level] = null;
            occupied[level] = 0;
        }
        size = 0;
        next = NEVER;
    }

    private void place(Timer timer) {
        long tick = timer.when >> TICK_BITS;
        if (tick <= position) {
            near.add(timer);
            return;
        }
        int level = (63 - Long.numberOfLeadingZeros(tick ^ position)) / DIGIT_BITS;
        int slot = (int) (tick >>> level * DIGIT_BITS) & (SLOTS - 1);
        Timer[] wheel = slots[level];
        if (wheel == null) {
            wheel = slots[level] = new Timer[SLOTS];
        }
        Timer first = wheel[slot];
        timer.next = first;
        timer.previous = null;
        if (first != null) {
            first.previous = timer;
        }
        wheel[slot] = timer;
        occupied[level] |= 1L << slot;
        timer.place = FIRST_SLOT_PLACE - (level * SLOTS + slot);
    }

    private void unlink(Timer timer) {
        int index = FIRST_SLOT_PLACE - timer.place;
        Timer after = (Timer) timer.next;
        Timer before = timer.previous;
        if (after != null) {
            after.previous = before;
        }
        if (before != null) {
            before.next = after;
        } else {
            int level = index / SLOTS;
            int slot = index % SLOTS;
            slots[level][slot] = after;
            if (after == null) {
                occupied[level] &= ~(1L << slot);
            }
        }
        timer.next = null;
        timer.previous = null;
        timer.place = Timer.NOWHERE;
    }

    /** Makes {@code tick} the position; the timers of the slots entered on the way end up near or on lower levels. */
    private void advance(long tick) {
        int level = firstLevel();
        while (level < LEVELS && startOfFirstSlot(level) <= tick) {
            int slot = Long.numberOfTrailingZeros(occupied[level]);
            position = startOfFirstSlot(level);
            Timer timer = slots[level][slot];
            slots[level][slot] = null;
            occupied[level] &= ~(1L << slot);
            while (timer != null) {
                Timer after = (Timer) timer.next;
                timer.next = null;
                timer.previous = null;
                place(timer);
                timer = after;
            }
            level = firstLevel();
        }
        position = Math.max(position, tick);
    }

    private int firstLevel() {
        int level = 0;
        while (level < LEVELS && occupied[level] == 0) {
            level++;
        }
        return level;
    }

    /** The tick at which the first occupied slot of a level begins. */
    private long startOfFirstSlot(int level) {
        int shift = level * DIGIT_BITS;
        long slot = Long.numberOfTrailingZeros(occupied[level]);
        long higherDigits = -1L << (shift + DIGIT_BITS);
        return (position & higherDigits) | (slot << shift);
    }

    /** The first deadline of the slots if that slot holds few timers, else the time at which it begins. */
    private long firstOfSlots() {
        int level = firstLevel();
        if (level == LEVELS) {
            return NEVER;
        }
        Timer timer = slots[level][Long.numberOfTrailingZeros(occupied[level])];
        long first = NEVER;
        for (int seen = 0; timer != null; timer = (Timer) timer.next) {
            if (++seen > SCAN_LIMIT) {
                return startOfFirstSlot(level) << TICK_BITS;
            }
            first = Math.min(first, timer.when);
        }
        return first;
    }
}
