package dev.weft.io;

/** Of how many unsent bytes on a writer has to wait, and until when. */
record WaterMarks(int high, int low) {
    static final WaterMarks USUAL = new WaterMarks(64 * 1024, 16 * 1024);

    WaterMarks {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("high (" + high + ") must be >= low (" + low + ") must be >= 0");
        }
    }
}
