package dev.weft;

import dev.weft.internal.Engine;
import java.time.Duration;

/** What takes long in a loop, and whether anybody wants to know. */
final class SlowSteps {
    private final Engine engine;
    private long limit = Duration.ofMillis(100).toNanos();
    private boolean debug;
    private boolean watchdog;

    SlowSteps(Engine engine) {
        this.engine = engine;
    }

    void setLimit(Duration limit) {
        this.limit = Durations.nanos(limit);
        apply();
    }

    void setDebug(boolean debug) {
        this.debug = debug;
        apply();
    }

    void setWatchdog(boolean watchdog) {
        this.watchdog = watchdog;
        apply();
    }

    private void apply() {
        engine.reportFrom(debug || watchdog ? limit : Long.MAX_VALUE);
    }
}
