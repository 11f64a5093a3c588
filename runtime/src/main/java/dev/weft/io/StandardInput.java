package dev.weft.io;

import dev.weft.EventLoop;

/**
 * The standard input of this process as a stream.
 *
 * <pre>{@code
 * for (String line : StandardInput.reader().lines()) {
 *     System.out.println("You said: " + line);
 * }
 * }</pre>
 *
 * <p>From the first use on a daemon thread reads {@link System#in}, as it is at that time, for the rest of the program, some
 * way ahead of the reader: nothing else must read from it then, neither {@code System.in} nor {@link System#console}. To
 * cancel a task that waits for input loses nothing.
 *
 * <p>One loop at a time reads. When it is closed, the next one finds what has not been read yet.
 */
public final class StandardInput {
    private static final InputPump SYSTEM = new InputPump(() -> System.in);

    private StandardInput() {}

    /**
     * The reader of the running loop: the same one at each call. Its lines are in UTF-8; others come with {@link
     * StreamReader#readLine(java.nio.charset.Charset)}.
     *
     * @throws IllegalStateException if no loop runs here, or another loop that is not closed reads
     */
    public static StreamReader reader() {
        return SYSTEM.readerFor(EventLoop.running());
    }
}
