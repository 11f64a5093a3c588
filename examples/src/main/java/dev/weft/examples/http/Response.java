package dev.weft.examples.http;

import dev.weft.AsyncIterable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets.
 *
 * @param content the body, if it is known as a whole
 * @param parts the body if it is made while it is sent, else null
 */
public record Response(
        int status,
        Headers headers,
        byte[] content,
        @Nullable AsyncIterable<byte[]> parts) {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(204, "No Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(413, "Content Too Large"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(505, "HTTP Version Not Supported"));

    public static Response of(int status, String type, byte[] content) {
        return new Response(status, new Headers().add("Content-Type", type), content, null);
    }

    public static Response text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** A body of any length, which never is in memory as a whole: the next part is asked for when the client has room. */
    public static Response stream(String type, AsyncIterable<byte[]> parts) {
        return new Response(200, new Headers().add("Content-Type", type), new byte[0], parts);
    }

    String reason() {
        return REASONS.getOrDefault(status, "");
    }

    /** Whether a response with this status can have a body. */
    static boolean hasBody(int status) {
        return status >= 200 && status != 204 && status != 304;
    }
}
