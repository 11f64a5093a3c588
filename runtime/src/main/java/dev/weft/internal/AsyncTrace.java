package dev.weft.internal;

import java.util.ArrayList;
import java.util.List;
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

    // Resume bodies and twins under the names of their methods.
    private static StackTraceElement plain(StackTraceElement element) {
        String name = element.getMethodName();
        for (String suffix : SUFFIXES) {
            int at = name.indexOf(suffix);
            if (at > 0) {
                return new StackTraceElement(
                        element.getClassLoaderName(),
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
