package dev.weft.io;

import dev.weft.EventLoop;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A reader that a test feeds by hand. */
final class FedReader {
    final StreamReader reader;

    FedReader(int limit) {
        reader = new StreamReader(EventLoop.running(), limit, null);
    }

    FedReader() {
        this(StreamReader.LIMIT);
    }

    FedReader feed(String... chunks) {
        for (String chunk : chunks) {
            reader.feed(ByteBuffer.wrap(bytes(chunk)));
        }
        return this;
    }

    FedReader eof() {
        reader.feedEof();
        return this;
    }

    /** Runs it in a later iteration, so that who reads now has to wait. */
    void later(Runnable action) {
        EventLoop.running().callLater(Duration.ofMillis(1), action);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
