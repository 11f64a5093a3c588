package dev.weft.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes on their way, first in, first out, in one array: {@code start <= position < end}. A loop {@linkplain Buffers lends}
 * them to connections as long as there is something in them. Loop thread only.
 */
public final class ByteQueue {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private byte[] array;
    private int start;
    private int end;

    ByteQueue(byte[] array) {
        this.array = array;
    }

    public int size() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /** What holds the bytes, from {@link #start} on; until something is appended. */
    public byte[] array() {
        return array;
    }

    public int start() {
        return start;
    }

    int capacity() {
        return array.length;
    }

    byte[] arrayOfEmpty() {
        start = 0;
        end = 0;
        return array;
    }

    /** Appends all that remains in {@code data}. */
    public void append(ByteBuffer data, Buffers buffers) {
        int length = data.remaining();
        makeRoom(length, buffers);
        data.get(array, end, length);
        end += length;
    }

    public void append(byte[] data, int offset, int length, Buffers buffers) {
        makeRoom(length, buffers);
        System.arraycopy(data, offset, array, end, length);
        end += length;
    }

    /** Puts {@code data} before the first byte. */
    public void prepend(ByteBuffer data, Buffers buffers) {
        int length = data.remaining();
        int size = size();
        makeRoom(length, buffers);
        System.arraycopy(array, start, array, start + length, size);
        data.get(array, start, length);
        end += length;
    }

    /** Room for at least {@code length} bytes behind the last one; what is written there counts after {@link #appended}. */
    public ByteBuffer room(int length, Buffers buffers) {
        makeRoom(length, buffers);
        return ByteBuffer.wrap(array, end, array.length - end);
    }

    /** That many bytes have been written into the {@link #room}. */
    public void appended(int length) {
        end += length;
    }

    private void makeRoom(int length, Buffers buffers) {
        if (length <= array.length - end) {
            return;
        }
        int size = size();
        byte[] old = array;
        if (length > array.length - size) {
            array = buffers.array(Math.addExact(size, length));
        }
        System.arraycopy(old, start, array, 0, size);
        if (array != old) {
            buffers.keep(old);
        }
        start = 0;
        end = size;
    }

    /** Drops the first {@code length} bytes. */
    public void skip(int length) {
        start += length;
        if (start == end) {
            start = 0;
            end = 0;
        }
    }

    /** Removes the first {@code length} bytes and gives a copy of them. */
    public byte[] take(int length) {
        byte[] taken = new byte[length];
        System.arraycopy(array, start, taken, 0, length);
        skip(length);
        return taken;
    }

    /** Moves as much as there is, and as there is room for, to {@code target}; tells how much. */
    public int moveTo(ByteBuffer target) {
        int length = Math.min(size(), target.remaining());
        target.put(array, start, length);
        skip(length);
        return length;
    }

    /** The index, counted from the first byte, of the first {@code wanted} that is not before {@code from}, or -1. */
    public int indexOf(byte wanted, int from) {
        int at = start + from;
        long pattern = (wanted & 0xff) * ONES;
        for (; at <= end - 8; at += 8) {
            long difference = (long) LONGS.get(array, at) ^ pattern; // has a zero byte where there is a hit
            long hits = (difference - ONES) & ~difference & HIGH_BITS; // whose lowest bit is right
            if (hits != 0) {
                return at - start + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        for (; at < end; at++) {
            if (array[at] == wanted) {
                return at - start;
            }
        }
        return -1;
    }

    /** The same for several bytes in a row, at least one. */
    public int indexOf(byte[] wanted, int from) {
        int last = size() - wanted.length;
        int at = from;
        while (at <= last) {
            at = indexOf(wanted[0], at);
            if (at < 0 || at > last) {
                return -1;
            }
            if (matches(wanted, at)) {
                return at;
            }
            at++;
        }
        return -1;
    }

    private boolean matches(byte[] wanted, int at) {
        for (int i = 1; i < wanted.length; i++) {
            if (array[start + at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
