/** What the Spring context of the start-up measurement consists of. */
@NullMarked
package dev.weft.benchmarks.startup.beans;

import org.jspecify.annotations.NullMarked;
