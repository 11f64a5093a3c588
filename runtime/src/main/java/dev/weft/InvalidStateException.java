package dev.weft;

/** An operation on a future that its state does not allow, such as the result of a pending one. */
public final class InvalidStateException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** With what is wrong and what to do. */
    public InvalidStateException(String message) {
        super(message);
    }
}
