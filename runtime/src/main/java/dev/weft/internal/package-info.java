/**
 * The machinery under the public API: what a loop runs and when, and what rewritten code shares with it.
 *
 * <p>Exported because rewritten code names it; not meant to be called by hand, and free to change.
 */
@NullMarked
package dev.weft.internal;

import org.jspecify.annotations.NullMarked;
