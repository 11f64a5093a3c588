package dev.weft;

import dev.weft.sync.QueueEmptyException;
import dev.weft.sync.QueueFullException;
import dev.weft.sync.QueueShutDownException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How compared programs are written, and what traces call their values and failures. */
final class ProgramText {
    private ProgramText() {}

    /** Reads lists in parentheses. */
    static List<?> parse(String text) {
        Deque<List<Object>> open = new ArrayDeque<>();
        open.push(new ArrayList<>());
        for (String token : text.replace("(", " ( ").replace(")", " ) ").strip().split(" +")) {
            switch (token) {
                case "(" -> open.push(new ArrayList<>());
                case ")" -> {
                    List<Object> list = open.pop();
                    open.element().add(list);
                }
                default -> open.element().add(token);
            }
        }
        return (List<?>) open.pop().get(0);
    }

    /** What a trace calls it. */
    static String of(@Nullable Object what) {
        if (what instanceof ExceptionGroup group) {
            return group.exceptions().stream().map(ProgramText::of).collect(Collectors.joining(", ", "Group[", "]"));
        }
        if (what instanceof CancelledError) {
            return "Cancelled";
        }
        if (what instanceof AsyncTimeoutException) {
            return "Timeout";
        }
        if (what instanceof QueueShutDownException) {
            return "ShutDown";
        }
        if (what instanceof QueueEmptyException) {
            return "Empty";
        }
        if (what instanceof QueueFullException) {
            return "Full";
        }
        return what instanceof IllegalStateException ? "Refused" : String.valueOf(what);
    }
}
