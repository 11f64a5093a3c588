/** What Weft costs. {@link dev.weft.benchmarks.Main} tells how to run it, {@code results} what came of it. */
package dev.weft.benchmarks;
