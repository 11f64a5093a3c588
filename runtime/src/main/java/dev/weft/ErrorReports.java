package dev.weft;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Brings failures to a loop's exception handler, or to the log. Loop thread only. */
final class ErrorReports {
    private static final Logger LOG = System.getLogger("dev.weft");

    private final EventLoop loop;
    private @Nullable ExceptionHandler handler;

    ErrorReports(EventLoop loop) {
        this.loop = loop;
    }

    void setHandler(@Nullable ExceptionHandler handler) {
        this.handler = handler;
    }

    void report(LoopError error) {
        report(error, error.source() instanceof Task<?> task ? task.context() : CurrentContext.get());
    }

    /** The handler sees the context, as in {@link CurrentContext}, of the code that failed. */
    void report(LoopError error, @Nullable Object context) {
        ExceptionHandler handler = this.handler;
        if (handler == null) {
            log(error);
            return;
        }
        try {
            handle(handler, error, context);
        } catch (Throwable failure) {
            if (Failures.isFatal(failure)) {
                throw (VirtualMachineError) failure;
            }
            failure.addSuppressed(new RuntimeException("while handling: " + error.describe(), error.exception()));
            log(new LoopError("Unhandled error in exception handler", failure, error.source()));
        }
    }

    private void handle(ExceptionHandler handler, LoopError error, @Nullable Object context) {
        Object outer = CurrentContext.get();
        CurrentContext.set(context);
        try {
            handler.handle(loop, error);
        } finally {
            CurrentContext.set(outer);
        }
    }

    private static void log(LoopError error) {
        LOG.log(Level.ERROR, error.describe(), error.exception());
    }
}
