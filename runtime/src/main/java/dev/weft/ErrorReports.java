package dev.weft;

import dev.weft.spi.ThreadLocalCarrier;
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
        Task<?> task = error.task();
        if (task == null || task == loop.current()) {
            report(error, CurrentContext.get(), null);
        } else {
            report(error, task.context(), task.carried());
        }
    }

    /** The same for code that ran with this context, as in {@link CurrentContext}, and these {@link Carriers} values. */
    void report(LoopError error, @Nullable Object context, @Nullable Object @Nullable [] carried) {
        Carriers carriers = loop.carriers;
        ThreadLocalCarrier.Scope scope = carriers == null ? null : carriers.enter(carried);
        try {
            report(error, context);
        } finally {
            if (scope != null) {
                scope.exit();
            }
        }
    }

    private void report(LoopError error, @Nullable Object context) {
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
