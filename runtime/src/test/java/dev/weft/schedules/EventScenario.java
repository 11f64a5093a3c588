package dev.weft.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.sync.AsyncEvent;
import java.util.HashMap;
import java.util.Map;

/** Tasks that wait for an event that others set and clear: nobody sleeps on after it was set. */
final class EventScenario extends Scenario {
    private final AsyncEvent event = new AsyncEvent();
    private final Map<Object, Integer> waiting = new HashMap<>(); // to how often it had been set before
    private final int tasks;
    private final int operations;
    private int sets;

    EventScenario(Moments moments, long seed, int tasks, int operations) {
        super(moments, seed);
        this.tasks = tasks;
        this.operations = operations;
    }

    @Override
    void start() {
        for (int i = 0; i < tasks; i++) {
            spawn(random -> repeat(operations, random, choices -> {
                Object wait = new Object();
                waiting.put(wait, sets);
                try {
                    event.await();
                } finally {
                    waiting.remove(wait);
                }
            }));
        }
        for (int i = 0; i < 2; i++) {
            spawn(random -> repeat(operations, random, choices -> {
                sets++;
                event.set();
                moments.here();
                if (choices.nextInt(4) > 0) {
                    event.clear();
                }
            }));
        }
    }

    @Override
    void settle() {
        assertThat(waiting.values()).allMatch(before -> before == sets);
        if (event.isSet()) {
            assertThat(waiting).isEmpty();
        }
        event.set();
    }

    @Override
    void check() {
        assertThat(event).hasToString("<AsyncEvent [set]>");
    }

    @Override
    public String toString() {
        return event.toString();
    }
}
