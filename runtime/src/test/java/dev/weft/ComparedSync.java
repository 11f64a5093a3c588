package dev.weft;

import static dev.weft.ComparedProgram.FALLS_THROUGH;

import dev.weft.sync.AsyncBarrier;
import dev.weft.sync.AsyncCondition;
import dev.weft.sync.AsyncEvent;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of a {@link ComparedProgram} about its lock, condition, event, semaphore, barrier and queue. */
final class ComparedSync {
    private final ComparedProgram program;
    private final AsyncLock lock = new AsyncLock();
    private final AsyncCondition condition = new AsyncCondition(lock);
    private final AsyncBarrier barrier = new AsyncBarrier(2);
    private final AsyncEvent event = new AsyncEvent();
    private final AsyncSemaphore semaphore = new AsyncSemaphore(2);
    private final AsyncQueue<String> queue = AsyncQueue.fifo(2);

    ComparedSync(ComparedProgram program) {
        this.program = program;
    }

    @Async
    @Nullable
    Object statement(List<?> s, String label, @Nullable TaskGroup group) {
        switch ((String) s.get(0)) {
            case "LK" -> {
                return lock.withLock(() -> {
                    program.log(label, "LK");
                    return program.body((List<?>) s.get(1), label, group);
                });
            }
            case "SM" -> {
                return semaphore.withPermit(() -> {
                    program.log(label, "SM");
                    return program.body((List<?>) s.get(1), label, group);
                });
            }
            case "EV" -> {
                event((String) s.get(1));
                program.log(label, "EV " + s.get(1));
            }
            case "CW" ->
                condition.withLock(() -> {
                    program.log(label, "CW");
                    condition.await();
                    program.log(label, "woken");
                });
            case "CN" ->
                condition.withLock(() -> {
                    condition.signal(Integer.parseInt((String) s.get(1)));
                    program.log(label, "CN");
                });
            case "BW" -> program.log(label, "BW " + barrier.await());
            case "QP" -> {
                queue.put((String) s.get(1));
                program.log(label, "QP " + s.get(1));
            }
            case "QG" -> program.log(label, "QG " + queue.get());
            case "QJ" -> {
                queue.join();
                program.log(label, "QJ");
            }
            default -> program.log(label, atOnce(s));
        }
        return FALLS_THROUGH;
    }

    @Async
    private void event(String action) {
        switch (action) {
            case "set" -> event.set();
            case "clear" -> event.clear();
            default -> event.await();
        }
    }

    /** What does not suspend. */
    private String atOnce(List<?> s) {
        String kind = (String) s.get(0);
        try {
            switch (kind) {
                case "QN" -> {
                    return "QN " + queue.getNowait();
                }
                case "QPN" -> queue.putNowait((String) s.get(1));
                case "QD" -> queue.taskDone();
                case "QS" -> queue.shutdown(s.get(1).equals("1"));
                default -> throw new AssertionError(s);
            }
            return kind;
        } catch (RuntimeException e) {
            return kind + " " + ProgramText.of(e);
        }
    }
}
