package dev.weft;

import dev.weft.internal.IoJob;

/** What {@link EventLoop#addReader} and {@link EventLoop#addWriter} call. Loop thread only. */
final class IoHandle extends IoJob implements Handle {
    private final EventLoop loop;
    final Runnable callback;
    private boolean cancelled;

    IoHandle(EventLoop loop, Runnable callback) {
        this.loop = loop;
        this.callback = callback;
    }

    @Override
    protected void ready() {
        if (!cancelled) {
            loop.runCallback(callback, this);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public String toString() {
        return "<Handle " + (cancelled ? "cancelled " : "") + Descriptions.of(callback) + ">";
    }
}
