package dev.weft.benchmarks.frames;

/** A suspended call. */
abstract class Frame {
    Frame parent;
}
