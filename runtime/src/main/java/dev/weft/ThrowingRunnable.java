package dev.weft;

/** Blocking code without a value, as {@link Asyncio#toThread(ThrowingRunnable)} takes it. It cannot suspend. */
@FunctionalInterface
public interface ThrowingRunnable {
    /** Does the work. */
    void run() throws Exception;
}
