package dev.weft.sync;

/** The wait at an {@link AsyncBarrier} that is aborted, or was reset meanwhile. */
public final class BrokenBarrierException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what is wrong and what to do. */
    public BrokenBarrierException(String message) {
        super(message);
    }
}
