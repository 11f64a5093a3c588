/** The agent: the only place that sees {@code Instrumentation}; what it does to a class is the compiler's matter. */
@NullMarked
package dev.weft.agent;

import org.jspecify.annotations.NullMarked;
