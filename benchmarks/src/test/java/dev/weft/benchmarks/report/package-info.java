@NullMarked
package dev.weft.benchmarks.report;

import org.jspecify.annotations.NullMarked;
