package dev.weft.io;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The start of a process on another thread, which nobody may wait for any more when it is done. */
final class Launch {
    private static final Object ABANDONED = new Object();

    private final ProcessBuilder command;
    private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>(); // the process, or ABANDONED

    Launch(ProcessBuilder command) {
        this.command = command;
    }

    /** Starts the process; kills it if it has been abandoned meanwhile. */
    Process start() throws IOException {
        Process process = command.start();
        if (!outcome.compareAndSet(null, process)) {
            kill(process);
        }
        return process;
    }

    /** Kills the process, now or when it has started. Any thread. */
    void abandon() {
        if (outcome.getAndSet(ABANDONED) instanceof Process process) {
            kill(process);
        }
    }

    private static void kill(Process process) {
        process.destroyForcibly(); // closes its pipes too: nobody uses them yet
    }
}
