package dev.weft.internal;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives an exception that a resumed call throws the stack trace that people expect.
 *
 * <p>The JVM's trace ends in the loop, since a call is resumed from there and not by its callers. Those are in the frames:
 *
 * <pre>
 *   App.connect(App.java:30)                 App.connect(App.java:30)
 *   App.fetch$resume(App.java:12)            App.fetch(App.java:12)
 *   App.weft$dispatch(App.java)       becomes  App.main(App.java:5)
 *   ... the loop
 * </pre>
 */
public final class AsyncTrace {
    private static final String DISPATCH = "weft$dispatch";
    private static final String[] SUFFIXES = {"$resume", "$async"};
    private static final int MOST_CALLERS = 64;
    private static final int MOST_CALLS = 1000;

    private AsyncTrace() {}

    /**
     * Replaces the loop's part of the trace by the callers; does nothing to an exception that was thrown elsewhere, or has
     * been through here.
     *
     * @param caller the frame of the caller of the resumed call, or null
     */
    public static void complete(Throwable thrown, @Nullable Frame caller) {
        StackTraceElement[] trace = thrown.getStackTrace();
        int resumed = 0;
        while (resumed < trace.length && !trace[resumed].getMethodName().equals(DISPATCH)) {
            resumed++;
        }
        if (resumed == trace.length) {
            return;
        }
        List<StackTraceElement> completed = new ArrayList<>(resumed + 8);
        for (int i = 0; i < resumed; i++) {
            completed.add(plain(trace[i]));
        }
        int callers = 0;
        for (Frame frame = caller; frame != null && callers < MOST_CALLERS; frame = frame.parent, callers++) {
            if (frame.point != null) {
                completed.add(frame.point.location());
            }
        }
        thrown.setStackTrace(completed.toArray(new StackTraceElement[0]));
    }

    /**
     * Where the calling thread is, the innermost call first: without the runtime's own calls on top, up to the loop, and
     * then the callers that are suspended.
     *
     * @param suspended the frames of the running task, or null
     */
    public static List<StackTraceElement> here(@Nullable Frame suspended, int most) {
        List<StackTraceElement> stack = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.dropWhile(frame -> Rewriting.isRuntime(frame.getDeclaringClass()))
                        .map(StackFrame::toStackTraceElement)
                        .takeWhile(element -> !isLoop(element))
                        .limit(MOST_CALLS)
                        .collect(Collectors.toList()));
        List<StackTraceElement> trace = of(stack, suspended);
        return List.copyOf(trace.size() > most ? trace.subList(0, most) : trace);
    }

    /**
     * The same of another thread's stack, with all calls of the runtime.
     *
     * @param suspended the frames of the task that runs there, as far as this thread can see them, or null
     */
    public static List<StackTraceElement> of(StackTraceElement[] stack, @Nullable Frame suspended) {
        return of(List.of(stack), suspended);
    }

    private static List<StackTraceElement> of(List<StackTraceElement> stack, @Nullable Frame suspended) {
        List<StackTraceElement> trace = new ArrayList<>(stack.size());
        for (StackTraceElement element : stack) {
            if (element.getMethodName().equals(DISPATCH)) {
                addCallers(trace, suspended);
                break;
            }
            if (isLoop(element)) {
                break;
            }
            trace.add(plain(element));
        }
        return trace;
    }

    /** Adds the callers of the resumed call that ends {@code trace}: they follow the frame of that method. */
    private static void addCallers(List<StackTraceElement> trace, @Nullable Frame suspended) {
        if (trace.isEmpty()) {
            return;
        }
        StackTraceElement resumed = trace.get(trace.size() - 1);
        Frame frame = suspended;
        while (frame != null && !isSuspendedIn(frame, resumed)) {
            frame = frame.parent;
        }
        for (int callers = 0; frame != null && callers < MOST_CALLERS; callers++) {
            frame = frame.parent;
            if (frame != null && frame.point != null) {
                trace.add(frame.point.location());
            }
        }
    }

    private static boolean isSuspendedIn(Frame frame, StackTraceElement call) {
        ResumePoint point = frame.point;
        return point != null
                && point.location().getClassName().equals(call.getClassName())
                && point.location().getMethodName().equals(call.getMethodName());
    }

    // The calls that every step of a task and every callback has below it.
    private static boolean isLoop(StackTraceElement element) {
        String method = element.getMethodName();
        switch (element.getClassName()) {
            case "dev.weft.internal.Engine":
                return true;
            case "dev.weft.Task":
                return method.equals("begin") || method.equals("resume") || method.equals("start");
            case "dev.weft.EventLoop":
                return method.equals("runCallback");
            case "dev.weft.Callback":
                return method.equals("run");
            default:
                return false;
        }
    }

    // Resume bodies and twins under the names of their methods.
    private static StackTraceElement plain(StackTraceElement element) {
        String name = element.getMethodName();
        for (String suffix : SUFFIXES) {
            int at = name.indexOf(suffix);
            if (at > 0) {
                String loader = element.getClassLoaderName();
                return new StackTraceElement(
                        "app".equals(loader) ? null : loader, // which the JVM does not print either
                        element.getModuleName(),
                        element.getModuleVersion(),
                        element.getClassName(),
                        name.substring(0, at),
                        element.getFileName(),
                        element.getLineNumber());
            }
        }
        return element;
    }
}
