package dev.weft.benchmarks.soak;

/** A stream of bytes that follows from its seed, so that both ends of a connection know it. */
final class SeededBytes {
    private long state;

    SeededBytes(long seed) {
        state = seed * 2 + 1;
    }

    byte[] next(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = nextByte();
        }
        return bytes;
    }

    /** Compares with what comes next. */
    void check(byte[] bytes) {
        for (byte one : bytes) {
            if (one != nextByte()) {
                throw new IllegalStateException("A byte has changed on its way.");
            }
        }
    }

    private byte nextByte() {
        state = state * 6364136223846793005L + 1442695040888963407L;
        return (byte) (state >>> 56);
    }
}
