/**
 * Turns class files with {@code @Async} methods into class files with resumable ones: bytes to bytes, no JVM state.
 *
 * <p>Start at {@link dev.weft.agent.compiler.ClassCompiler}, whose passes read as a table of contents.
 */
@NullMarked
package dev.weft.agent.compiler;

import org.jspecify.annotations.NullMarked;
