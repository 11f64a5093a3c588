package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.AsyncTimeoutException;
import dev.weft.Asyncio;
import dev.weft.Awaitable;
import dev.weft.EventLoop;
import dev.weft.InvalidStateException;
import dev.weft.internal.Continuation;
import dev.weft.internal.Engine;
import dev.weft.internal.Job;
import dev.weft.internal.Poller.External;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Another program that this one has started: its standard streams and its end.
 *
 * <pre>{@code
 * try (Subprocess sort = Subprocess.exec("sort", "-u")) {
 *     Subprocess.Output output = sort.communicate("b\na\nb\n");
 *     System.out.println(output.stdoutText());
 * }
 *
 * try (Subprocess log = Subprocess.shell("tail -f server.log | grep ERROR")) {
 *     for (String line : log.stdout().lines()) {
 *         System.out.println(line);
 *     }
 * }
 * }</pre>
 *
 * <p>All three streams are pipes unless a {@linkplain #builder() builder} says otherwise. A process that writes more than
 * its readers take waits until somebody reads: read all pipes, or {@link SubprocessBuilder#stdout redirect} those that
 * nobody reads.
 *
 * <p><b>The end.</b> Leaving the {@code try} block {@linkplain #close kills} the process if it still runs, and so does
 * closing the loop. Cancelling {@link #exec} kills it too, whenever that comes; cancelling {@link #stop} does at once.
 * Cancelling any other method leaves it alone. What it has started itself is not touched.
 *
 * <p>The JVM has blocking streams for pipes only: each pipe takes a daemon thread while it is open, for standard input from
 * the first write on. If the process leaves others behind that keep its pipes open, a thread may stay until they write or
 * end, and what they write later may be lost.
 *
 * <p>{@code await(process)} and {@code waitFor(process, limit)} wait for its end. Signals other than those of {@link
 * #terminate} and {@link #kill} cannot be sent: Java has no means that is certain to meet the same process. Loop thread
 * only.
 */
public final class Subprocess implements Awaitable<Integer>, AsyncCloseable {
    private static final byte[] NOTHING = {};

    private final EventLoop loop;
    private final Engine engine;
    private final Process process;
    private final ProcessHandle handle; // Process.destroy() would close the pipes under their threads
    private final @Nullable WritePump stdin;
    private final @Nullable ReadPump stdout;
    private final @Nullable ReadPump stderr;
    private final Waiters exitWaiters = new Waiters();
    private final Runnable abandon = this::abandon;
    private int open = 1; // output pipes, and the process itself
    private boolean exited;
    private int exitCode;

    private Subprocess(EventLoop loop, Process process, ProcessBuilder command, int limit) {
        this.loop = loop;
        this.process = process;
        engine = loop.io$engine();
        handle = process.toHandle();
        long pid = process.pid();
        stdin = isPipe(command.redirectInput())
                ? new WritePump(loop, process.getOutputStream(), "weft-stdin-" + pid)
                : null;
        stdout = isPipe(command.redirectOutput())
                ? new ReadPump(loop, process.getInputStream(), limit, "weft-stdout-" + pid, this::ended)
                : null;
        stderr = isPipe(command.redirectError()) && !command.redirectErrorStream()
                ? new ReadPump(loop, process.getErrorStream(), limit, "weft-stderr-" + pid, this::ended)
                : null;
        open += (stdout == null ? 0 : 1) + (stderr == null ? 0 : 1);
        engine.onClose(abandon);
        engine.poller().external(External.THREAD, 1);
        process.onExit().whenComplete((same, failure) -> engine.post(new Exit()));
    }

    private static boolean isPipe(Redirect redirect) {
        return redirect.type() == Redirect.Type.PIPE;
    }

    /**
     * Starts a program with its arguments, which no shell looks at. It is started on another thread; whoever is cancelled
     * meanwhile leaves no process behind.
     *
     * @throws IOException if it cannot be started; the message names it
     */
    @Async
    public static Subprocess exec(String... command) throws IOException {
        return builder().exec(command);
    }

    /** The same with a list of the program and its arguments. */
    @Async
    public static Subprocess exec(List<String> command) throws IOException {
        return builder().exec(command);
    }

    /**
     * Starts a command of the system's shell, {@code /bin/sh}. Take care that nothing in it comes from strangers: they could
     * run whatever they like.
     */
    @Async
    public static Subprocess shell(String command) throws IOException {
        return builder().shell(command);
    }

    /** Starts processes with other options. */
    public static SubprocessBuilder builder() {
        return new SubprocessBuilder();
    }

    @Async
    static Subprocess start(ProcessBuilder command, int limit) throws IOException {
        EventLoop loop = EventLoop.running();
        Engine engine = loop.io$engine();
        Launch launch = new Launch(command);
        Runnable abandon = launch::abandon;
        engine.onClose(abandon);
        try {
            Process process = loop.runInExecutor(null, launch::start).await();
            return new Subprocess(loop, process, command, limit);
        } catch (CompletionException e) {
            throw unwrapped(e);
        } catch (Throwable failure) {
            launch.abandon();
            throw failure;
        } finally {
            engine.dropOnClose(abandon);
        }
    }

    private static IOException unwrapped(CompletionException e) {
        if (e.getCause() instanceof IOException cause) {
            return cause;
        }
        throw e;
    }

    /**
     * What the process reads. {@link StreamWriter#close} and {@link StreamWriter#writeEof} end it. If the process does not
     * read it any more, {@link StreamWriter#drain} throws an {@link IOException}.
     *
     * @throws IllegalStateException if it is no pipe
     */
    public StreamWriter stdin() {
        if (stdin == null) {
            throw notAPipe("input", "stdin");
        }
        return stdin.writer;
    }

    /**
     * What the process writes.
     *
     * @throws IllegalStateException if it is no pipe
     */
    public StreamReader stdout() {
        if (stdout == null) {
            throw notAPipe("output", "stdout");
        }
        return stdout.reader;
    }

    /**
     * The errors that the process writes.
     *
     * @throws IllegalStateException if it is no pipe, or merged into the other one
     */
    public StreamReader stderr() {
        if (stderr == null) {
            throw notAPipe("error output", "stderr");
        }
        return stderr.reader;
    }

    private static IllegalStateException notAPipe(String stream, String option) {
        return new IllegalStateException("The standard " + stream + " of the process is no pipe of its own. Start it"
                + " without another " + option + "(...) in the builder.");
    }

    /** The number that the system knows it by. */
    public long pid() {
        return handle.pid();
    }

    /** Whether it runs, as far as the loop has heard. */
    public boolean isAlive() {
        return !exited;
    }

    /**
     * What it has ended with: 0 if all went well. A signal that has ended it counts as 128 and its number.
     *
     * @throws InvalidStateException while it runs
     */
    public int exitCode() {
        if (!exited) {
            throw new InvalidStateException("The process " + pid() + " still runs. Call await() to wait for its end.");
        }
        return exitCode;
    }

    /**
     * Suspends until the process has ended; any number of tasks may. It may wait for ever if nobody reads what the process
     * writes: {@link #communicate()} does both. Cancelling it does not end the process.
     *
     * @return the {@link #exitCode}
     */
    @Async
    @Override
    public Integer await() {
        if (!exited) {
            exitWaiters.add(loop).await();
        }
        return exitCode;
    }

    /** The same as {@link #communicate(byte[])} without any input. */
    @Async
    public Output communicate() throws IOException {
        return communicate(NOTHING);
    }

    /** The same with a text in UTF-8. */
    @Async
    public Output communicate(String input) throws IOException {
        return communicate(input.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes {@code input}, closes the standard input, reads all that comes from the pipes at the same time, and waits for
     * the end. A process that ends without reading all of its input is no error. Cancelling it does not end the process;
     * what has been read is lost then.
     *
     * @throws IllegalStateException if there is input, and the standard input is no pipe
     */
    @Async
    public Output communicate(byte[] input) throws IOException {
        if (input.length > 0) {
            stdin();
        }
        try {
            List<byte[]> read = Asyncio.gather(() -> feed(input), () -> rest(stdout), () -> rest(stderr));
            return new Output(await(), read.get(1), read.get(2));
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    @Async
    private byte[] feed(byte[] input) {
        if (stdin != null) {
            try {
                stdin.writer.write(input);
                stdin.writer.drain();
                stdin.writer.close();
                stdin.writer.waitClosed();
            } catch (IOException e) {
                stdin.abort(); // it did not want all of it
            }
        }
        return NOTHING;
    }

    @Async
    private static byte[] rest(@Nullable ReadPump pipe) throws IOException {
        return pipe == null ? NOTHING : pipe.reader.readAll();
    }

    /** Asks the process to end, with the signal TERM; tells whether it could be asked. It may take its time, or refuse. */
    public boolean terminate() {
        return handle.destroy();
    }

    /** Ends the process, with the signal KILL; tells whether that could be sent. {@link #await} tells when it has ended. */
    public boolean kill() {
        return handle.destroyForcibly();
    }

    /**
     * Asks the process to end, and kills it if it still runs after {@code grace}, or when the calling task is cancelled.
     * Suspends until it has ended.
     *
     * @return the {@link #exitCode}
     */
    @Async
    public int stop(Duration grace) {
        if (!exited) {
            terminate();
            try {
                Asyncio.waitFor(this, grace);
            } catch (AsyncTimeoutException e) {
                // It has had its time.
            } finally {
                if (!exited) {
                    kill();
                }
            }
        }
        return await();
    }

    /**
     * Kills the process if it still runs, closes the pipes, and suspends until it has ended. What the readers have already
     * can still be read.
     */
    @Async
    @Override
    public void close() {
        boolean ends = exited || kill() || !handle.isAlive();
        closePipes();
        if (!ends) {
            throw new UncheckedIOException(new IOException(
                    "The process " + pid() + " cannot be killed: it belongs to" + " another user now."));
        }
        await();
    }

    private void closePipes() {
        if (stdin != null) {
            stdin.abort();
        }
        if (stdout != null) {
            stdout.stop();
        }
        if (stderr != null) {
            stderr.stop();
        }
    }

    /** The loop is closed. */
    private void abandon() {
        kill();
        if (stdin != null) {
            stdin.abandon();
        }
        if (stdout != null) {
            stdout.abandon();
        }
        if (stderr != null) {
            stderr.abandon();
        }
    }

    /** One of the things that have to end has. */
    private void ended() {
        open--;
        if (open == 0) {
            engine.dropOnClose(abandon);
        }
    }

    /** The end of the process, for the loop. */
    private final class Exit extends Job {
        @Override
        protected void run(Continuation co) {
            exitCode = process.exitValue();
            exited = true;
            engine.poller().external(External.THREAD, -1);
            if (stdin != null) {
                stdin.readerIsGone();
            }
            exitWaiters.wakeAll();
            ended();
        }
    }

    @Override
    public String toString() {
        return "<Subprocess " + pid() + (exited ? " ended with " + exitCode : " running") + ">";
    }

    /** What a process has written, and what it has ended with. */
    public static final class Output {
        private final int exitCode;
        private final byte[] stdout;
        private final byte[] stderr;

        Output(int exitCode, byte[] stdout, byte[] stderr) {
            this.exitCode = exitCode;
            this.stdout = stdout;
            this.stderr = stderr;
        }

        /** As {@link Subprocess#exitCode}. */
        public int exitCode() {
            return exitCode;
        }

        /** What came from the standard output; empty if it is no pipe. */
        public byte[] stdout() {
            return stdout;
        }

        /** What came from the error output; empty if it is no pipe of its own. */
        public byte[] stderr() {
            return stderr;
        }

        /** {@link #stdout} as text in UTF-8. */
        public String stdoutText() {
            return new String(stdout, StandardCharsets.UTF_8);
        }

        /** {@link #stderr} as text in UTF-8. */
        public String stderrText() {
            return new String(stderr, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "<Output of " + stdout.length + " bytes and " + stderr.length + " of errors, exit code " + exitCode
                    + ">";
        }
    }
}
