/**
 * Coroutines, tasks and event loops: asyncio's model in plain Java.
 *
 * <p>A method annotated with {@link dev.weft.Async} may suspend; {@link dev.weft.Asyncio} runs, combines and limits such
 * code. Most programs need only
 *
 * <pre>{@code
 * import dev.weft.*;
 * import static dev.weft.Asyncio.*;
 * }</pre>
 */
@NullMarked
package dev.weft;

import org.jspecify.annotations.NullMarked;
