package dev.weft.benchmarks.report;

import java.util.Locale;

/** How figures are written: three digits that count, and a unit that keeps them short. */
public final class Amount {
    private static final double[] STEPS = {1e9, 1e6, 1e4};
    private static final String[] UNITS = {"s", "ms", "us"};
    private static final double[] SIZES = {1e9, 1e6, 1e3};

    private Amount() {}

    /** Nanoseconds. */
    static String time(double nanos) {
        for (int i = 0; i < STEPS.length; i++) {
            if (Math.abs(nanos) >= STEPS[i]) {
                return digits(nanos / SIZES[i]) + " " + UNITS[i];
            }
        }
        return digits(nanos) + " ns";
    }

    /** Bytes, or megabytes. */
    public static String bytes(double bytes) {
        if (bytes >= 1e6) {
            return digits(bytes / 1e6) + " MB";
        }
        return digits(bytes < 0.5 ? 0 : bytes) + " B";
    }

    /** A ratio: {@code 4.3x}. */
    public static String times(double ratio) {
        return digits(ratio) + "x";
    }

    /** Two digits behind the point below 10, one below 100, none above; thousands apart. */
    public static String digits(double number) {
        double size = Math.abs(number);
        String format = size == 0 ? "%.0f" : size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, number);
    }

    /** Without zeros behind the point. */
    static String plain(double number) {
        return digits(number).replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
    }

    static String grouped(String number) {
        return number.matches("\\d+") ? String.format(Locale.ROOT, "%,d", Long.parseLong(number)) : number;
    }
}
