package dev.weft;

import static dev.weft.Asyncio.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A program that ran in asyncio, run here. It is a list of statements, each a list that begins with its kind; its trace has
 * a line for whatever happens, with the time.
 */
final class ComparedProgram {
    /** What statements give that do not return from the program. */
    static final String FALLS_THROUGH = "falls through";

    private final List<String> trace = new ArrayList<>();
    private final Map<String, Task<Object>> tasks = new LinkedHashMap<>();
    private final ComparedSync sync = new ComparedSync(this);
    private int labels;

    /** Runs it, and gives its trace. */
    static List<String> trace(List<?> program, TaskFactory factory) {
        ComparedProgram run = new ComparedProgram();
        try (TestLoop test = new TestLoop()) {
            test.loop.setTaskFactory(factory);
            test.complete(() -> run.main(program));
        }
        return run.trace;
    }

    private static Duration seconds(Object number) {
        return Duration.ofSeconds(Long.parseLong((String) number));
    }

    private static @Nullable Duration limit(Object number) {
        Duration limit = seconds(number);
        return limit.isNegative() ? null : limit;
    }

    void log(String label, String what) {
        trace.add(EventLoop.running().time() / 1_000_000_000 + " " + label + " " + what);
    }

    private String label() {
        return "x" + ++labels;
    }

    @Async
    private void main(List<?> program) {
        tasks.put("root", createTask("root", () -> code(program, "root", null)));
        waitUntil(ALL_COMPLETED, List.of(tasks.get("root")), Duration.ofSeconds(50_000_000));
        log("main", "ended");
        for (int round = 0; round < 3; round++) {
            cancelTheRest();
        }
        tasks.values().forEach(task -> log("main", task.name() + " " + end(task)));
    }

    @Async
    private void cancelTheRest() {
        for (Task<Object> task : List.copyOf(tasks.values())) {
            if (!task.isDone()) {
                log("main", "C " + task.name() + " " + task.cancel("end"));
            }
        }
        List<Task<Object>> rest =
                tasks.values().stream().filter(task -> !task.isDone()).toList();
        if (!rest.isEmpty()) {
            waitUntil(ALL_COMPLETED, rest, Duration.ofSeconds(10_000_000));
        }
    }

    private static String end(Task<Object> task) {
        if (!task.isDone()) {
            return "pending";
        }
        if (task.isCancelled()) {
            return "cancelled " + task.cancelling();
        }
        Throwable failure = task.exception();
        return ProgramText.of(failure == null ? task.result() : failure) + " " + task.cancelling();
    }

    @Async
    private @Nullable Object code(List<?> body, String label, @Nullable TaskGroup group) {
        log(label, "begins");
        Object value;
        try {
            value = body(body, label, group);
        } catch (Throwable failure) {
            log(label, "throws " + ProgramText.of(failure));
            throw failure;
        }
        if (value == FALLS_THROUGH) {
            value = null;
        }
        log(label, "returns " + ProgramText.of(value));
        return value;
    }

    @Async
    @Nullable
    Object body(List<?> body, String label, @Nullable TaskGroup group) {
        for (Object statement : body) {
            Object value = statement((List<?>) statement, label, group);
            if (value != FALLS_THROUGH) {
                return value;
            }
        }
        return FALLS_THROUGH;
    }

    @Async
    private @Nullable Object statement(List<?> s, String label, @Nullable TaskGroup group) {
        switch ((String) s.get(0)) {
            case "S" -> sleep(seconds(s.get(1)));
            case "P" -> log(label, "P " + s.get(1));
            case "C" -> {
                Task<Object> task = tasks.get(s.get(1));
                log(label, "C " + s.get(1) + " " + (task == null ? "-" : task.cancel((String) s.get(2))));
            }
            case "CC" -> currentTask().cancel((String) s.get(1));
            case "Q" -> {
                Task<Object> task = tasks.get(s.get(1));
                String state = task == null ? "-" : task.isDone() + " " + task.isCancelled() + " " + task.cancelling();
                log(label, "Q " + s.get(1) + " " + state);
            }
            case "U" -> log(label, "U " + currentTask().uncancel());
            case "X" -> throw new Boom((String) s.get(1));
            case "R" -> {
                return s.get(1);
            }
            case "N" -> {
                String name = (String) s.get(1);
                if (!tasks.containsKey(name)) {
                    tasks.put(name, createTask(name, () -> code((List<?>) s.get(2), name, null)));
                }
            }
            case "A", "SH" -> {
                Task<Object> task = tasks.get(s.get(1));
                if (task != null) {
                    Object value = s.get(0).equals("A") ? await(task) : shield(task);
                    log(label, s.get(0) + " " + s.get(1) + " = " + ProgramText.of(value));
                }
            }
            case "W" -> {
                List<Task<Object>> some = named((List<?>) s.get(3));
                if (!some.isEmpty()) {
                    ReturnWhen when = ReturnWhen.values()[Integer.parseInt((String) s.get(1))];
                    Waited<Object> waited = waitUntil(when, some, limit(s.get(2)));
                    log(label, "W " + names(waited.done()) + " " + names(waited.pending()));
                }
            }
            case "AC" -> {
                for (Awaitable<Object> next : asCompleted(named((List<?>) s.get(1)), limit(s.get(2)))) {
                    try {
                        log(label, "AC " + ProgramText.of(await(next)));
                    } catch (Boom | ExceptionGroup | AsyncTimeoutException failure) {
                        log(label, "AC " + ProgramText.of(failure));
                    }
                }
            }
            case "T" -> {
                return handled(s, label, group);
            }
            case "F" -> {
                try {
                    return body((List<?>) s.get(1), label, group);
                } finally {
                    log(label, "finally");
                    body((List<?>) s.get(2), label, group);
                }
            }
            case "G" -> gathered(s, label);
            case "O" -> {
                return timeout(seconds(s.get(1)), limit -> {
                    Object value = body((List<?>) s.get(2), label, group);
                    log(label, "O " + limit.expired());
                    return value;
                });
            }
            case "WF" -> {
                Object value;
                if (s.get(2) instanceof String name) {
                    Task<Object> task = tasks.get(name);
                    if (task == null) {
                        return FALLS_THROUGH;
                    }
                    value = waitFor(task, seconds(s.get(1)));
                } else {
                    value = waitFor(() -> code((List<?>) s.get(2), label + "w", null), seconds(s.get(1)));
                }
                log(label, "WF " + ProgramText.of(value));
            }
            case "TG" -> {
                return taskGroup(inner -> {
                    for (Object child : (List<?>) s.get(1)) {
                        String name = label();
                        inner.createTask(() -> code((List<?>) child, name, inner));
                    }
                    return body((List<?>) s.get(2), label, inner);
                });
            }
            case "K" -> {
                String name = label();
                try {
                    group.createTask(() -> code((List<?>) s.get(1), name, null));
                } catch (IllegalStateException e) {
                    log(label, "K Refused");
                }
            }
            default -> {
                return sync.statement(s, label, group);
            }
        }
        return FALLS_THROUGH;
    }

    @Async
    private @Nullable Object handled(List<?> s, String label, @Nullable TaskGroup group) {
        try {
            return body((List<?>) s.get(1), label, group);
        } catch (Throwable failure) {
            log(label, "caught " + ProgramText.of(failure));
            Object value = body((List<?>) s.get(3), label, group);
            if (value == FALLS_THROUGH && s.get(2).equals("1")) {
                throw failure;
            }
            return value;
        }
    }

    @Async
    private void gathered(List<?> s, String label) {
        List<Coroutine<Object>> bodies = new ArrayList<>();
        for (Object body : (List<?>) s.get(2)) {
            String name = label();
            bodies.add(() -> code((List<?>) body, name, null));
        }
        List<Object> values = new ArrayList<>();
        if (s.get(1).equals("1")) {
            for (Outcome<Object> outcome : gatherOutcomes(bodies)) {
                values.add(outcome.isSuccess() ? outcome.value() : outcome.exception());
            }
        } else {
            values.addAll(gather(bodies));
        }
        log(label, "G " + values.stream().map(ProgramText::of).collect(Collectors.joining(", ")));
    }

    private List<Task<Object>> named(List<?> names) {
        List<Task<Object>> some = new ArrayList<>();
        for (Object name : names) {
            if (tasks.containsKey(name)) {
                some.add(tasks.get(name));
            }
        }
        return some;
    }

    private static String names(Collection<Task<Object>> tasks) {
        return tasks.stream().map(Task::name).sorted().collect(Collectors.joining(" ", "[", "]"));
    }

    private static final class Boom extends RuntimeException {
        Boom(String number) {
            super(number);
        }

        @Override
        public String toString() {
            return "Boom(" + getMessage() + ")";
        }
    }
}
