/**
 * Weft and its peers side by side: a class for each workload, in it a method for each contender, named alike everywhere.
 *
 * <ul>
 *   <li>{@code weft}: {@code @Async} methods, rewritten by the agent.
 *   <li>{@code callbacks}: what one would write by hand on the same {@link dev.weft.EventLoop}. It is the floor.
 *   <li>{@code plain}: Java that never waits.
 *   <li>{@code kotlin}: coroutines on the loop of {@code runBlocking}, from {@code src/main/kotlin}.
 *   <li>{@code virtualThreads}: on one carrier thread; from JDK 21 on.
 *   <li>{@code completableFuture}: a chain of stages, on an executor that the benchmark's thread empties.
 *   <li>{@code eaAsync}: its {@code await} on such stages, from {@code src/main/ea-async}, rewritten by the build.
 * </ul>
 *
 * All work is done by the benchmark's thread, but for virtual threads and where the workload says so. What dispatches lives
 * as long as the fork and is older than a garbage collection, as in a program that runs for long; tasks are made in each
 * invocation, and their making is part of the figure, if a small one.
 */
package dev.weft.benchmarks.compare;
