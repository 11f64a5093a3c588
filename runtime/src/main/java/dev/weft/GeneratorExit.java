package dev.weft;

/**
 * Thrown inside a generator where it waits in {@link Yielder#yield}, when its iteration is closed before its end; as in
 * Python. Its {@code finally} blocks run, and may suspend; it must not yield again.
 *
 * <p>An {@link Error}, so that {@code catch (Exception e)} does not swallow it.
 */
public final class GeneratorExit extends Error {
    private static final long serialVersionUID = 1;

    GeneratorExit() {
        super("The iteration was closed.");
    }
}
