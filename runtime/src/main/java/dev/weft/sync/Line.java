package dev.weft.sync;

import dev.weft.internal.Continuation;
import dev.weft.internal.Wait;
import org.jspecify.annotations.Nullable;

/** The tasks that sleep until it is their turn, in the order of arrival. Loop thread only. */
final class Line {
    private final Object owner;
    private @Nullable Object loop; // that of the first who waited; from then on the only one
    private @Nullable Place first;
    private @Nullable Place last; // meaningful while there is a second one: mostly there is one task at most

    /** @param owner what is waited for, as messages call it */
    Line(Object owner) {
        this.owner = owner;
    }

    /** The leaf of a suspension: the running task gets in line. */
    void add(Place place, Continuation co) {
        if (loop != co.owner && co != Continuation.REFUSING) {
            bind(co);
        }
        place.begin(co); // throws if there is nothing to suspend
        append(place);
    }

    private void bind(Continuation co) {
        if (loop != null) {
            throw new IllegalStateException(owner + " is bound to a different event loop: " + loop
                    + ", where somebody waited for it first. Make one for each loop.");
        }
        loop = co.owner;
    }

    /** The same task gets in line again, behind all others. */
    @SuppressWarnings("NullAway") // there is a last one if there is a second one
    void append(Place place) {
        if (first == null) {
            first = place;
            return;
        }
        Place before = first.after == null ? first : last;
        before.after = place;
        place.before = before;
        last = place;
    }

    void remove(Place place) {
        Place before = place.before;
        Place after = place.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
            place.before = null;
        }
        if (after != null) {
            after.before = before;
            place.after = null;
        } else if (before != null) {
            last = before;
        }
    }

    /**
     * Wakes the first in line, if there is anybody, who then is in line no more.
     *
     * @param co as in {@link Wait#wake}
     */
    void wakeNext(Continuation co) {
        Place place = first;
        if (place != null) {
            place.wake(co);
            if (place.after == null) {
                first = null; // a constant null needs no barrier of the garbage collector
            } else {
                remove(place);
            }
        }
    }

    /** Wakes them all. */
    void wakeAll() {
        while (first != null) {
            wakeNext(Continuation.REFUSING);
        }
    }

    /** How many sleep. */
    int size() {
        int size = 0;
        for (Place place = first; place != null; place = place.after) {
            size++;
        }
        return size;
    }
}
