package dev.weft.benchmarks.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Collects the lines of a request until one is empty, and answers. */
final class HttpSession extends NioSession {
    private @Nullable HttpRequest request; // of which the header has not ended
    private byte[] bytes = new byte[256];

    HttpSession(SelectionKey key, Shared shared) {
        super(key, shared);
    }

    @Override
    protected boolean line(ByteBuffer data, int start, int newline) throws IOException {
        int length = newline - start;
        if (length > 0 && data.get(newline - 1) == '\r') {
            length--;
        }
        if (length > bytes.length) {
            bytes = new byte[2 * length];
        }
        data.get(start, bytes, 0, length);
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        if (request == null) {
            request = new HttpRequest(text);
        } else if (text.isEmpty()) {
            HttpRequest complete = request;
            request = null;
            answer(ByteBuffer.wrap(complete.response()), 0, complete.response().length);
            return complete.keepsAlive();
        } else {
            request.add(text);
        }
        return true;
    }
}
