/** Servers under load for long: many connections one after the other, mixed traffic with faults. */
@NullMarked
package dev.weft.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
