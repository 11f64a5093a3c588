package dev.weft;

import java.util.List;

/** Several failures at once: what a {@link TaskGroup} throws. Each is also listed as suppressed. */
public final class ExceptionGroup extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // made by List.copyOf
    private final List<Throwable> exceptions;

    /** A group of at least one failure. */
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(message + " (" + exceptions.size() + (exceptions.size() == 1 ? " sub-exception)" : " sub-exceptions)"));
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("A group needs at least one exception.");
        }
        this.exceptions = List.copyOf(exceptions);
        this.exceptions.forEach(this::addSuppressed);
    }

    /** The failures, in the order in which they happened. */
    public List<Throwable> exceptions() {
        return exceptions;
    }
}
