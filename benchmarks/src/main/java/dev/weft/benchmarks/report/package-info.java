/** The comparison with others: runs its programs in turns, and writes tables and plots of what came of it. */
@NullMarked
package dev.weft.benchmarks.report;

import org.jspecify.annotations.NullMarked;
