package dev.weft.io;

import java.io.IOException;

/** What was to be read is longer than the reader's limit. */
public final class LimitOverrunException extends IOException {
    private static final long serialVersionUID = 1;

    private final int consumed;

    LimitOverrunException(String message, int consumed) {
        super(message);
        this.consumed = consumed;
    }

    /** How many bytes before the separator, or without one, have been looked at: {@code readExactly} can take them. */
    public int consumed() {
        return consumed;
    }
}
