package dev.weft;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The signals that a loop handles. Loop thread only. */
final class SignalHandlers {
    private final EventLoop loop;
    private final Map<String, SignalHandle> handles = new HashMap<>();

    SignalHandlers(EventLoop loop) {
        this.loop = loop;
    }

    void set(String name, Runnable callback) {
        String signal = plain(name);
        SignalHandle before = handles.put(signal, new SignalHandle(loop, signal, callback));
        if (before != null) {
            before.cancel();
        }
    }

    boolean remove(String name) {
        SignalHandle handle = handles.remove(plain(name));
        if (handle != null) {
            handle.cancel();
        }
        return handle != null;
    }

    /** Gives all of them back. */
    void close() {
        handles.values().forEach(SignalHandle::cancel);
        handles.clear();
    }

    private static String plain(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("SIG") ? upper.substring("SIG".length()) : upper;
    }
}
