package dev.weft;

/** A callback that was scheduled on a loop. */
public sealed interface Handle permits TimerHandle, SignalHandle, SoonHandle, ThreadsafeHandle, IoHandle {
    /** Takes the callback back, if it has not run yet. Loop thread only, unless another thread scheduled it. */
    void cancel();

    /** Whether {@link #cancel} was called. */
    boolean isCancelled();
}
