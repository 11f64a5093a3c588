package dev.weft.sync;

/** The {@link AsyncQueue#putNowait} to a queue that holds as much as it may. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what is wrong and what to do. */
    public QueueFullException(String message) {
        super(message);
    }
}
