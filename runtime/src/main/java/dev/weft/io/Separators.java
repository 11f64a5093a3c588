package dev.weft.io;

import dev.weft.internal.ByteQueue;

/** What one call of {@link StreamReader#readUntil} looks for. */
final class Separators {
    private final byte[][] separators;
    private int shortest = Integer.MAX_VALUE;
    private int longest;

    // Of the one that was found.
    private int start;
    private int end;

    Separators(byte[]... separators) {
        if (separators.length == 0) {
            throw new IllegalArgumentException("Separator should contain at least one element");
        }
        for (byte[] separator : separators) {
            if (separator.length == 0) {
                throw new IllegalArgumentException("Separator should be at least one-byte string");
            }
            shortest = Math.min(shortest, separator.length);
            longest = Math.max(longest, separator.length);
        }
        this.separators = separators;
    }

    /** Whether there is one that does not begin before {@code from}; finds the one that ends first. */
    boolean isIn(ByteQueue queue, int from) {
        if (queue.size() - from < shortest) {
            return false;
        }
        end = Integer.MAX_VALUE;
        for (byte[] separator : separators) {
            int at = queue.indexOf(separator, from);
            if (at >= 0 && at + separator.length < end) {
                start = at;
                end = at + separator.length;
            }
        }
        return end != Integer.MAX_VALUE;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Where to look on when more has come: a separator may have begun within the last bytes. */
    int seen(int size, int before) {
        return size - before < shortest ? before : Math.max(0, size + 1 - longest);
    }
}
