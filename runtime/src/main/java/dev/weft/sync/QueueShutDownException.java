package dev.weft.sync;

/** The use of an {@link AsyncQueue} that was shut down: a put, or a get when nothing is left. */
public final class QueueShutDownException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what is wrong and what to do. */
    public QueueShutDownException(String message) {
        super(message);
    }
}
