package dev.weft.spi;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Carries all that has a {@code ThreadLocalAccessor} in Micrometer's context propagation: observations, tracing spans, the
 * MDC of SLF4J and so on. Needs {@code io.micrometer:context-propagation}.
 *
 * <p>To switch it on add it to a loop, or name this class in {@code META-INF/services/dev.weft.spi.ThreadLocalCarrier}.
 */
public final class MicrometerCarrier implements ThreadLocalCarrier<ContextSnapshot> {
    private final ContextSnapshotFactory factory;

    /** Carries what the global {@code ContextRegistry} knows. */
    public MicrometerCarrier() {
        this(ContextSnapshotFactory.builder().clearMissing(true).build());
    }

    /**
     * Carries what a factory takes.
     *
     * @param factory one that clears missing values; if it does not, tasks see values of the loop's thread
     */
    public MicrometerCarrier(ContextSnapshotFactory factory) {
        this.factory = factory;
    }

    @Override
    public ContextSnapshot capture() {
        return factory.captureAll();
    }

    @Override
    @SuppressWarnings("NullAway") // what it captures is never null
    public Scope enter(ContextSnapshot values) {
        return values.setThreadLocals()::close;
    }
}
