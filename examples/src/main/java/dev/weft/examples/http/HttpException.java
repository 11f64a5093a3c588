package dev.weft.examples.http;

import java.io.IOException;

/** The other side's message is none, or more than we take. */
public final class HttpException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    HttpException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** What a server answers to it. */
    public int status() {
        return status;
    }
}
