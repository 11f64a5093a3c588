package dev.weft.io;

import dev.weft.Async;
import dev.weft.AsyncFuture;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/** Files that are opened on another thread; what goes wrong there is thrown as if it had been called here. */
final class OffLoop {
    private OffLoop() {}

    /** Opens a file; closes it again if the task was cancelled meanwhile. */
    @Async
    static FileChannel open(Path path, OpenOption... options) throws IOException {
        AsyncFuture<FileChannel> opening =
                EventLoop.running().runInExecutor(null, () -> FileChannel.open(path, options));
        try {
            return Asyncio.shield(opening);
        } catch (CancelledError e) {
            opening.addDoneCallback(OffLoop::close);
            throw e;
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    private static void close(AsyncFuture<FileChannel> opened) {
        if (!opened.isCancelled() && opened.exception() == null) {
            try {
                opened.result().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The failure itself. */
    static IOException unwrapped(CompletionException failure) {
        if (failure.getCause() instanceof IOException cause) {
            return cause;
        }
        throw failure;
    }
}
