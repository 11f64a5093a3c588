/** What a server takes of the processor for a message: Weft's streams and others under the same load. */
@NullMarked
package dev.weft.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
