package dev.weft.io;

import java.io.EOFException;

/** The stream has ended before all was there that was to be read. What there was has been taken from the stream. */
public final class IncompleteReadException extends EOFException {
    private static final long serialVersionUID = 1;

    private final byte[] partial;
    private final int expected;

    IncompleteReadException(byte[] partial, int expected) {
        super(partial.length + " bytes read on a total of " + (expected < 0 ? "undefined" : expected)
                + " expected bytes");
        this.partial = partial;
        this.expected = expected;
    }

    /** What was read up to the end. */
    public byte[] partial() {
        return partial.clone();
    }

    /** How many bytes were asked for; -1 if a separator was. */
    public int expected() {
        return expected;
    }
}
