/**
 * Three ways to keep a suspended call, written by hand and compared; what came of it is in {@code results/frames.md}.
 *
 * <ol>
 *   <li>{@link dev.weft.benchmarks.frames.ShapedHost000}: shared shapes; a frame holds its class's dispatcher and an int.
 *   <li>{@link dev.weft.benchmarks.frames.HiddenHost000}: one hidden frame class per user class and shape, and an int.
 *   <li>{@link dev.weft.benchmarks.frames.PointedHost000}: shared shapes; a frame holds its suspension point. This is what
 *       the agent emits.
 * </ol>
 *
 * The hosts stand for user classes. They are templates: {@link dev.weft.benchmarks.frames.Template} makes as many real ones
 * as a measurement needs.
 */
package dev.weft.benchmarks.frames;
