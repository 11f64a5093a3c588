package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, one at a time. */
final class Lines implements AsyncIterator<String> {
    private final StreamReader reader;
    private @Nullable String line; // that hasNext() has read

    Lines(StreamReader reader) {
        this.reader = reader;
    }

    @Async
    @Override
    public boolean hasNext() {
        if (line == null) {
            try {
                line = reader.readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return line != null;
    }

    @Async
    @Override
    public String next() {
        if (!hasNext() || line == null) {
            throw new NoSuchElementException("The stream has ended.");
        }
        String next = line;
        line = null;
        return next;
    }
}
