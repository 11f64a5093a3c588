package dev.weft;

import dev.weft.internal.AsyncTrace;
import dev.weft.internal.Continuation;
import dev.weft.internal.Engine;
import dev.weft.internal.Job;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What the engine of a loop asks of it. Loop thread only. */
final class EngineHost implements Engine.Host {
    private static final Logger LOG = System.getLogger("dev.weft");

    private final EventLoop loop;

    EngineHost(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public Continuation polling() {
        loop.generators.closeUnreachable();
        loop.continuation = new Continuation(loop);
        return loop.continuation;
    }

    /** As Ctrl-C does in Python: cancels the main task, or ends a loop that has none. */
    @Override
    public void interrupted() {
        loop.state.interrupted();
        if (loop.awaited == null) {
            loop.engine.stop();
        } else {
            loop.awaited.cancel("The thread of the loop was interrupted.");
        }
    }

    @Override
    public void tookLong(Job job, long nanos) {
        LOG.log(Level.WARNING, "Executing " + job + " took " + Durations.seconds(nanos) + " seconds");
    }

    @Override
    public void blocks(Job job, long nanos, Thread thread, StackTraceElement[] stack) {
        Task<?> task = job instanceof Task<?> running ? running : null;
        StringBuilder text = new StringBuilder("Executing ");
        text.append(task != null ? "<Task running name='" + task.name() + "'>" : job);
        text.append(" has taken ").append(Durations.seconds(nanos));
        text.append(" seconds, and nothing else runs in its loop. Thread ")
                .append(thread.getName())
                .append(" is");
        for (StackTraceElement element : AsyncTrace.of(stack, task == null ? null : task.frames())) {
            text.append(System.lineSeparator()).append("    at ").append(element);
        }
        LOG.log(Level.WARNING, text.toString());
    }
}
