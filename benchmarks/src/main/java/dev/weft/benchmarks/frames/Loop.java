package dev.weft.benchmarks.frames;

import java.util.List;

/** Resumes suspended calls in turn; its subclass knows how to resume a frame of its kind. */
abstract class Loop {
    Registers co = new Registers();
    private Frame[] tasks = {}; // the innermost frame of each
    private int next;

    abstract Object resume(Frame frame, Object value);

    void start(List<Host> hosts, Host.Method method, int count) {
        tasks = new Frame[count];
        for (int i = 0; i < count; i++) {
            hosts.get(i % hosts.size()).start(method, co);
            tasks[i] = co.takeFrames();
        }
    }

    /** Replaces all of its own objects, so that after a collection only the frames and what they refer to are old. */
    void renew() {
        co = new Registers();
        tasks = tasks.clone();
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            tasks[next] = step(tasks[next]);
            next = next + 1 == tasks.length ? 0 : next + 1;
        }
    }

    private Frame step(Frame innermost) {
        Object value = null;
        Frame frame = innermost;
        while (frame != null) {
            Frame caller = frame.parent;
            value = resume(frame, value);
            Frame outermost = co.suspended;
            if (outermost != null) {
                if (outermost.parent != caller) {
                    outermost.parent = caller;
                }
                return co.takeFrames();
            }
            frame = caller;
        }
        throw new IllegalStateException("the tasks never end");
    }
}
