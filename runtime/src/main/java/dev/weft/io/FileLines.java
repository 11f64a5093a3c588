package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one at a time. */
final class FileLines implements AsyncIterator<String> {
    private static final int BLOCK = 64 * 1024;

    private final AsyncFile file;
    private long position; // of what has not been read
    private byte[] data = {}; // start <= searched <= end
    private int start;
    private int searched; // there is no end of a line before
    private int end;
    private boolean ended;
    private @Nullable String line; // that hasNext() has found

    FileLines(AsyncFile file) {
        this.file = file;
    }

    @Async
    @Override
    public boolean hasNext() {
        while (line == null) {
            if (searched < end) {
                search();
            } else if (!ended) {
                fill();
            } else if (start < end) {
                line = text(end);
                start = end;
            } else {
                return false;
            }
        }
        return true;
    }

    private void search() {
        while (searched < end) {
            if (data[searched++] == '\n') {
                int length = searched - 1;
                line = text(length > start && data[length - 1] == '\r' ? length - 1 : length);
                start = searched;
                return;
            }
        }
    }

    private String text(int to) {
        return new String(data, start, to - start, StandardCharsets.UTF_8);
    }

    @Async
    private void fill() {
        byte[] more;
        try {
            more = file.read(BLOCK, position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        position += more.length;
        ended = more.length == 0;
        int left = end - start;
        byte[] target = left + more.length <= data.length ? data : new byte[Math.max(left + more.length, 2 * left)];
        System.arraycopy(data, start, target, 0, left);
        System.arraycopy(more, 0, target, left, more.length);
        data = target;
        start = 0;
        searched = left;
        end = left + more.length;
    }

    @Async
    @Override
    public String next() {
        if (!hasNext() || line == null) {
            throw new NoSuchElementException("The file has no more lines: " + file);
        }
        String next = line;
        line = null;
        return next;
    }
}
