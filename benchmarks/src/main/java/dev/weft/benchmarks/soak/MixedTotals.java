package dev.weft.benchmarks.soak;

/** What the clients have done so far. Loop thread only. */
final class MixedTotals {
    long visits;
    long sent; // bytes, and so below: of streams that came to their end
    long received;
    long left; // connections that were left in the middle
}
