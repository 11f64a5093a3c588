package dev.weft.agent.tests.random;

import dev.weft.agent.tests.corpus.Suspensions;
import java.util.Arrays;

/** What random programs note of the values and the order of their expressions. */
public final class Tracing {
    private Tracing() {}

    public static boolean at(int place, boolean value) {
        note(place, value);
        return value;
    }

    public static byte at(int place, byte value) {
        note(place, value);
        return value;
    }

    public static short at(int place, short value) {
        note(place, value);
        return value;
    }

    public static char at(int place, char value) {
        note(place, value);
        return value;
    }

    public static int at(int place, int value) {
        note(place, value);
        return value;
    }

    public static long at(int place, long value) {
        note(place, value);
        return value;
    }

    public static float at(int place, float value) {
        note(place, value);
        return value;
    }

    public static double at(int place, double value) {
        note(place, value);
        return value;
    }

    public static <T> T at(int place, T value) {
        note(place, value);
        return value;
    }

    /** Keeps strings from growing by doubling. */
    public static String cut(String text) {
        return text == null || text.length() < 60 ? text : text.substring(0, 60);
    }

    /** The text of any value, arrays included. */
    public static String show(Object value) {
        String text = Arrays.deepToString(new Object[] {value});
        return text.substring(1, text.length() - 1);
    }

    /** The text of an exception, without what the JVM words itself: that names slots, which differ. */
    public static String told(Throwable thrown) {
        boolean worded = thrown instanceof NullPointerException || thrown instanceof ClassCastException;
        StringBuilder text = new StringBuilder(thrown.getClass().getSimpleName());
        if (!worded) {
            text.append(':').append(thrown.getMessage());
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            text.append('[').append(told(suppressed)).append(']');
        }
        return text.toString();
    }

    private static void note(int place, Object value) {
        Suspensions.log(place + "=" + show(value));
    }
}
