package dev.weft;

/** What callbacks are called in messages. */
final class Descriptions {
    private Descriptions() {}

    /** A lambda by the class that it is written in, anything else as it describes itself. */
    static String of(Object callback) {
        String type = callback.getClass().getName();
        int mark = type.indexOf("$$Lambda");
        return mark < 0 ? String.valueOf(callback) : "lambda in " + type.substring(0, mark);
    }
}
