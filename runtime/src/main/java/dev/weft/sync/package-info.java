/**
 * Locks, events, conditions, semaphores, barriers and queues for coroutines.
 *
 * <p>What may have to wait is {@link dev.weft.Async} and suspends the calling task; nothing here blocks a thread. All of it
 * is for the tasks of one loop: an object belongs to the loop where somebody first waits for it, and it is not safe to use
 * from other threads. Those who wait get their turn in the order of arrival, and one that is cancelled passes its turn on.
 * Nobody overtakes them at locks and semaphores; at queues, as in asyncio, whoever comes before a woken task runs may take
 * its item or place, and that task waits again.
 */
@NullMarked
package dev.weft.sync;

import org.jspecify.annotations.NullMarked;
