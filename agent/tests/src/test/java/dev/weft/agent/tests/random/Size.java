package dev.weft.agent.tests.random;

import java.util.Random;

/**
 * How large a random program gets: most are small, so that there are many of them, and some have one large method.
 *
 * @param largest the number of the large method, or -1
 * @param extra how many parts it has more than others
 * @param wide how many locals it has more than others
 */
record Size(int methods, int parts, int largest, int extra, int wide) {
    private static final int NONE = -1;

    static Size of(Random random) {
        int methods = 4 + random.nextInt(7);
        int parts = 20 + random.nextInt(45);
        return switch (random.nextInt(80)) {
            case 0, 1 -> new Size(methods, parts, random.nextInt(methods), 100, 260); // slots beyond 255
            case 2, 3 -> new Size(methods, parts, random.nextInt(methods), 300, 0); // suspension points beyond 100
            case 4 -> new Size(methods, parts, random.nextInt(methods), 1200, 100); // near the limit of the JVM
            default -> new Size(methods, parts, NONE, 0, 0);
        };
    }

    boolean isNormal() {
        return largest == NONE;
    }

    int parts(int method) {
        return method == largest ? parts + extra : parts;
    }

    int statements(int method) {
        return 4 + parts(method) / 15;
    }

    int locals(int method) {
        return method == largest ? wide : 0;
    }
}
