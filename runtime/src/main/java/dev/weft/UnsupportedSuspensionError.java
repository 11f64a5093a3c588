package dev.weft;

/**
 * Thrown by an {@link Async} method that cannot be rewritten, for example because it suspends inside {@code synchronized}.
 * The message names the method, the line and the reason.
 */
public final class UnsupportedSuspensionError extends Error {
    private static final long serialVersionUID = 1;

    /** With what was reported when the method's class was loaded. */
    public UnsupportedSuspensionError(String message) {
        super(message);
    }
}
