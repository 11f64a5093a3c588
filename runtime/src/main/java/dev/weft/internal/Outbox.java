package dev.weft.internal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of a loop send before the next poll, one after the other, in memory that channels write from without
 * another copy. What cannot be sent then has to be taken out. Loop thread only.
 */
public final class Outbox {
    private static final int SIZE = 256 * 1024;

    private @Nullable ByteBuffer memory;
    private int end;

    /** Where the next bytes would be. */
    public int end() {
        return end;
    }

    /** Appends all, or nothing if there is no room; tells which. */
    public boolean append(byte[] data, int offset, int length) {
        ByteBuffer target = memory;
        if (target == null) {
            target = ByteBuffer.allocateDirect(SIZE);
            memory = target;
        }
        if (length > SIZE - end) {
            return false;
        }
        target.clear().put(end, data, offset, length);
        end += length;
        return true;
    }

    /** A part, to be used before the next call. */
    @SuppressWarnings("NullAway") // what has a part has memory
    public ByteBuffer part(int start, int length) {
        return memory.limit(start + length).position(start);
    }

    /** Forgets all. */
    void clear() {
        end = 0;
    }
}
