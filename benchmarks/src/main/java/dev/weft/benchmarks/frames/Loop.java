package dev.weft.benchmarks.frames;

import java.util.List;

/** Runs tasks in turn; its subclass knows how to resume a frame of its kind. */
abstract class Loop {
    private static final class Task {
        Task next;
        Frame innermost;
    }

    final Registers co = new Registers();
    private Task head;
    private Task tail;

    abstract Object resume(Frame frame, Object value);

    void start(List<Host> hosts, Host.Method method, int tasks) {
        for (int i = 0; i < tasks; i++) {
            Task task = new Task();
            hosts.get(i % hosts.size()).start(method, co);
            task.innermost = co.takeFrames();
            add(task);
        }
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            Task task = head;
            head = task.next;
            task.next = null;
            step(task);
            add(task);
        }
    }

    private void add(Task task) {
        if (head == null) {
            head = task;
        } else {
            tail.next = task;
        }
        tail = task;
    }

    private void step(Task task) {
        Object value = null;
        Frame frame = task.innermost;
        while (frame != null) {
            Frame caller = frame.parent;
            value = resume(frame, value);
            Frame outermost = co.suspended;
            if (outermost != null) {
                if (outermost.parent != caller) {
                    outermost.parent = caller;
                }
                Frame innermost = co.takeFrames();
                if (task.innermost != innermost) {
                    task.innermost = innermost;
                }
                return;
            }
            frame = caller;
        }
        throw new IllegalStateException("the tasks never end");
    }
}
