package dev.weft.internal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a loop: cheap to add, to cancel and to fire, however many there are. Timers fire in order of deadline,
 * those of equal deadline in order of creation.
 *
 * <p>A hierarchy of wheels of 64 slots. Time counts in ticks of 2^20 ns, about a millisecond; a timer's level is the place
 * of the highest digit, in base 64, in which its tick differs from the wheel's position, and its slot there is that digit.
 * So all timers of a level come before those of the next one, and as the position enters a slot its timers move to lower
 * levels. Those of the current tick and before it are near: a heap holds them, which is about a millisecond's worth, but
 * of slots with many timers, which are faster sorted at once.
 *
 * <pre>
 *   far ... level 1: 64 slots of 64 ticks, level 0: 64 slots of 1 tick -> near: heap, or sorted -> ready
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
    private static final int MANY = 64;

    private final TimerHeap near = new TimerHeap();
    private final TimerRun sorted = new TimerRun();
    private final Consumer<Timer> place = this::place;
    private final @Nullable TimerSlot[][] slots = new TimerSlot[LEVELS][]; // made when needed
    private final long[] occupied = new long[LEVELS]; // one bit per slot that is not empty
    private long position; // in ticks
    private int sequence;
    private int size;
    private long next = NEVER;

    /** A time before which no timer is due, {@link #NEVER} if there is none. Timers taken out since may count. */
    long next() {
        return next;
    }

    /**
     * The same as it is now: the first deadline, or somewhat earlier if many share that time's slot. That may have passed
     * already; {@link #moveDue} enters the slot then.
     */
    long refreshNext() {
        Timer first = firstNear();
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
        long tick = timer.when >> TICK_BITS;
        if (tick <= position) {
            removeNear(timer);
        } else {
            removeFromSlot(timer, tick);
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
        advance(now >> TICK_BITS, ready);
        moveNear(now, ready);
        refreshNext();
    }

    private void moveNear(long now, ReadyQueue ready) {
        Timer timer = firstNear();
        while (timer != null && timer.when <= now) {
            removeNear(timer);
            size--;
            ready.add(timer);
            timer = firstNear();
        }
    }

    void forEach(Consumer<? super Timer> action) {
        near.forEach(action);
        sorted.forEach(action);
        for (@Nullable TimerSlot[] level : slots) {
            for (int slot = 0; level != null && slot < SLOTS; slot++) {
                if (level[slot] != null) {
                    level[slot].forEach(action);
                }
            }
        }
    }

    void clear() {
        forEach(timer -> timer.place = Timer.NOWHERE);
        near.clear();
        sorted.clear();
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
        int level = level(tick);
        int slot = slot(tick, level);
        @Nullable TimerSlot[] wheel = slots[level];
        if (wheel == null) {
            wheel = slots[level] = new TimerSlot[SLOTS];
        }
        TimerSlot timers = wheel[slot];
        if (timers == null) {
            timers = wheel[slot] = new TimerSlot();
        }
        timers.add(timer);
        occupied[level] |= 1L << slot;
    }

    /** Of a tick behind the position; stays the same while the position comes nearer to its slot. */
    private int level(long tick) {
        return (63 - Long.numberOfLeadingZeros(tick ^ position)) / DIGIT_BITS;
    }

    private static int slot(long tick, int level) {
        return (int) (tick >>> level * DIGIT_BITS) & (SLOTS - 1);
    }

    private void removeFromSlot(Timer timer, long tick) {
        int level = level(tick);
        int slot = slot(tick, level);
        TimerSlot timers = slots[level][slot];
        timers.remove(timer);
        if (timers.size() == 0) {
            occupied[level] &= ~(1L << slot);
        }
    }

    private @Nullable Timer firstNear() {
        Timer first = near.first();
        Timer other = sorted.first();
        return first == null || other != null && other.isBefore(first) ? other : first;
    }

    private void removeNear(Timer timer) {
        if (TimerRun.has(timer)) {
            sorted.remove(timer);
        } else {
            near.remove(timer);
        }
    }

    /**
     * Makes {@code tick} the position: the timers of the slots entered on the way move to lower levels, get near, or are
     * ready if another slot comes after theirs.
     */
    private void advance(long tick, ReadyQueue ready) {
        int level = firstLevel();
        while (level < LEVELS && startOfFirstSlot(level) <= tick) {
            int slot = Long.numberOfTrailingZeros(occupied[level]);
            position = startOfFirstSlot(level);
            moveNear(position << TICK_BITS, ready); // what was near comes before this slot
            TimerSlot timers = slots[level][slot];
            occupied[level] &= ~(1L << slot);
            if (level == 0 && timers.size() > MANY) {
                sorted.take(timers, TICK_BITS);
            } else {
                timers.drainTo(place);
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
        TimerSlot first = slots[level][Long.numberOfTrailingZeros(occupied[level])];
        return first.size() > MANY ? startOfFirstSlot(level) << TICK_BITS : first.first();
    }
}
