package dev.weft;

import java.util.Set;

/**
 * What {@link Asyncio#waitUntil} gives back. The sets keep the order in which the tasks were passed.
 *
 * @param done the tasks that have ended
 * @param pending the others, which go on
 */
public record Waited<T>(Set<Task<T>> done, Set<Task<T>> pending) {}
