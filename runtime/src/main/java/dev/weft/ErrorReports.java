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

    @Nullable
    ExceptionHandler handler() {
        return handler;
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
            throwIfFatal(failure);
            failure.addSuppressed(new RuntimeException("while handling: " + error.message(), error.exception()));
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

    /** Logs it, even if its parts cannot be described. */
    void log(LoopError error) {
        try {
            LOG.log(Level.ERROR, error.describe(), error.exception());
        } catch (Throwable failure) {
            throwIfFatal(failure);
            LOG.log(Level.ERROR, "Exception in default exception handler, while handling: " + error.message(), failure);
        }
    }

    private static void throwIfFatal(Throwable failure) {
        if (Failures.isFatal(failure)) {
            throw (VirtualMachineError) failure;
        }
    }
}
