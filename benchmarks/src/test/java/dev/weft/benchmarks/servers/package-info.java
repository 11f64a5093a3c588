@NullMarked
package dev.weft.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
