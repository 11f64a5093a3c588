package dev.weft.spi;

import org.jspecify.annotations.Nullable;

/** Carries one thread-local. */
final class SingleCarrier<T> implements ThreadLocalCarrier<T> {
    private final ThreadLocal<T> local;

    SingleCarrier(ThreadLocal<T> local) {
        this.local = local;
    }

    @Override
    public @Nullable T capture() {
        return local.get();
    }

    @Override
    public Scope enter(@Nullable T value) {
        T before = local.get();
        set(value);
        return () -> set(before);
    }

    private void set(@Nullable T value) {
        if (value == null) {
            local.remove();
        } else {
            local.set(value);
        }
    }
}
