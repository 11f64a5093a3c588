package dev.weft.benchmarks.frames;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Supplier;

/** Bytes that one frame takes on the heap, by what it holds. */
@SuppressWarnings("UnusedVariable")
final class FrameSizes {
    private static final int FRAMES = 100_000;
    private static final Frame[] KEPT = new Frame[FRAMES];

    private FrameSizes() {}

    private static class S1 extends Shaped {
        Object r0;
    }

    private static class S2 extends S1 {
        Object r1;
    }

    private static class SI1 extends Shaped {
        int i0;
    }

    private static class SI2 extends SI1 {
        int i1;
    }

    private static class S1I1 extends S1 {
        int i0;
    }

    private static class S2I2 extends S2 {
        int i0;
        int i1;
    }

    // Representation 2 has an int where 3 has a reference: the sizes are the same.

    private static class P1 extends Pointed {
        Object r0;
    }

    private static class P2 extends P1 {
        Object r1;
    }

    private static class PI1 extends Pointed {
        int i0;
    }

    private static class PI2 extends PI1 {
        int i1;
    }

    private static class P1I1 extends P1 {
        int i0;
    }

    private static class P2I2 extends P2 {
        int i0;
        int i1;
    }

    public static void main(String[] args) {
        print("1 reference", S1::new, P1::new);
        print("2 references", S2::new, P2::new);
        print("1 int", SI1::new, PI1::new);
        print("2 ints", SI2::new, PI2::new);
        print("1 reference, 1 int", S1I1::new, P1I1::new);
        print("2 references, 2 ints", S2I2::new, P2I2::new);
    }

    private static void print(String what, Supplier<Frame> shaped, Supplier<Frame> pointed) {
        System.out.printf(
                Locale.ROOT,
                "%-22s shapes and dispatcher %d B, hidden frames or shapes and points %d B%n",
                what,
                warmBytes(shaped),
                warmBytes(pointed));
    }

    private static long warmBytes(Supplier<Frame> frames) {
        bytes(frames);
        return bytes(frames);
    }

    private static long bytes(Supplier<Frame> frames) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < FRAMES; i++) {
            KEPT[i] = frames.get();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / FRAMES;
    }
}
