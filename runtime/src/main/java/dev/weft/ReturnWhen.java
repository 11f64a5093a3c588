package dev.weft;

/** What {@link Asyncio#waitUntil} waits for. */
public enum ReturnWhen {
    /** Until a task has ended, in whatever way. */
    FIRST_COMPLETED,
    /** Until a task has failed, or all have ended. A cancelled task has not failed. */
    FIRST_EXCEPTION,
    /** Until all tasks have ended. */
    ALL_COMPLETED
}
