package dev.weft.examples.http;

import java.nio.charset.StandardCharsets;

/** What a server has answered. */
public record Page(int status, Headers headers, byte[] content) {
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
