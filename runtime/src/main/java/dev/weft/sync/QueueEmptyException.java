package dev.weft.sync;

/** The {@link AsyncQueue#getNowait} from a queue that holds nothing. */
public final class QueueEmptyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what is wrong and what to do. */
    public QueueEmptyException(String message) {
        super(message);
    }
}
