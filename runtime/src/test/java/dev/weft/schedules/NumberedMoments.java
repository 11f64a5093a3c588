package dev.weft.schedules;

import dev.weft.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Counts the moments of a run, and carries out what was planned for some of them. */
final class NumberedMoments extends Moments {
    /** One task, by its place among those that live then in order of creation, is cancelled at one moment. */
    record Cancellation(int moment, int victim) {}

    private final List<Cancellation> planned;
    private final List<Integer> alive = new ArrayList<>(); // at each moment

    NumberedMoments(Cancellation... planned) {
        this.planned = List.of(planned);
    }

    @Override
    void moment(List<Task<?>> victims) {
        for (Cancellation next : planned) {
            if (next.moment == alive.size() && next.victim < victims.size()) {
                cancel(victims.get(next.victim));
            }
        }
        alive.add(victims.size());
    }

    int count() {
        return alive.size();
    }

    /** All cancellations that could have been made from a moment on. */
    List<Cancellation> possible(int first) {
        List<Cancellation> all = new ArrayList<>();
        for (int moment = first; moment < alive.size(); moment++) {
            for (int victim = 0; victim < alive.get(moment); victim++) {
                all.add(new Cancellation(moment, victim));
            }
        }
        return Collections.unmodifiableList(all);
    }
}
