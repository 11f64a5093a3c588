package dev.weft;

/** The outcome of a future that was cancelled. */
record Cancelled(CancelledError error) {}
