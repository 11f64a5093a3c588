package dev.weft.benchmarks.frames;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the first suspension of a class costs, and the first one of a further method of it, in a fresh JVM: microseconds of
 * the thread's processor time. One argument: a {@link Representation}.
 *
 * <p>For the second figure the further method's frame has another shape than the first one's. Both contain what any design
 * pays: the linking of {@code invokedynamic}, and the first interpreted run of a method.
 */
final class FirstUse {
    private static final int CLASSES = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private FirstUse() {}

    public static void main(String[] args) {
        Representation representation = Representation.valueOf(args[0]);
        List<Host> hosts = representation.newHosts(CLASSES);
        double[] first = new double[CLASSES];
        double[] further = new double[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            first[i] = microsToSuspend(representation, hosts.get(i), Host.Method.ONE_POINT);
            further[i] = microsToSuspend(representation, hosts.get(i), Host.Method.FRESH_FRAME);
        }
        print(representation, "first method", first);
        print(representation, "further method", further);
    }

    private static double microsToSuspend(Representation representation, Host host, Host.Method method) {
        Loop loop = representation.newLoop();
        long start = THREADS.getCurrentThreadCpuTime();
        loop.start(List.of(host), method, 1);
        loop.run(1);
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e3;
    }

    private static void print(Representation representation, String what, double[] micros) {
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "%-24s %-16s median %8.1f us, mean %8.1f us%n",
                representation,
                what,
                micros[micros.length / 2],
                Arrays.stream(micros).average().orElseThrow());
    }
}
