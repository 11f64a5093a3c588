package dev.weft;

import dev.weft.internal.AsyncTrace;
import dev.weft.internal.Continuation;
import dev.weft.internal.Frame;
import dev.weft.internal.ResumePoint;
import org.jspecify.annotations.Nullable;

/**
 * One run of a generator: its code, cut off from its consumer's while it waits in a {@code yield}. Loop thread only.
 *
 * <p>The code runs within the task of whoever asks for the next element, as if {@code hasNext} called it. This object is
 * the frame between the two:
 *
 * <pre>
 *   code waits for something:  ... code's frames -> this -> consumer's frames ...    the task waits
 *   code yields:               ... code's frames -> this                             kept here; hasNext returns true
 * </pre>
 */
final class Generation<T> extends Frame {
    private static final ResumePoint POINT = new Point();

    /** What the generator can do next. */
    private enum State {
        NEW,
        RUNNING,
        YIELDED,
        ENDED
    }

    private final Yielder<T> yielder = new Yielder<>(this);
    private State state = State.NEW;
    private @Nullable AsyncRunnable code; // until it has begun
    private @Nullable Frame innermost; // while it waits in a yield: its own frames, the outermost one's parent is this
    private @Nullable Task<?> task; // that runs it now
    private @Nullable T element;
    private boolean hasElement;
    private Generators.@Nullable Entry entry;

    Generation(AsyncConsumer<? super Yielder<T>> body) {
        code = () -> body.accept(yielder);
    }

    boolean hasElement() {
        return hasElement;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    void entered(Generators.Entry entry) {
        this.entry = entry;
    }

    boolean isNew() {
        return state == State.NEW;
    }

    @SuppressWarnings("NullAway") // an element may be null
    T takeElement() {
        T taken = element;
        element = null;
        hasElement = false;
        return taken;
    }

    /** Runs the code to its next yield or its end, and tells which. */
    @Async
    boolean advance(@Nullable Throwable failure) {
        return advance$async(failure, Continuation.REFUSING);
    }

    /**
     * The same.
     *
     * @param failure what the yield in which the code waits throws, if not null
     */
    boolean advance$async(@Nullable Throwable failure, Continuation co) {
        if (co == Continuation.REFUSING) {
            co.suspend(); // throws
        }
        if (state == State.RUNNING) {
            throw new IllegalStateException("The generator is already running, in " + task + ", and "
                    + EventLoop.of(co).current()
                    + " asks for an element too. One coroutine at a time may iterate over it.");
        }
        if (state == State.ENDED) {
            return false;
        }
        task = EventLoop.of(co).requireTask();
        return state == State.NEW ? begin(co) : goOn(failure, co);
    }

    @SuppressWarnings("NullAway") // one that has not begun has code
    private boolean begin(Continuation co) {
        AsyncRunnable body = code;
        code = null;
        state = State.RUNNING;
        try {
            body.run$async(co);
        } catch (Throwable t) {
            co.reset();
            end();
            throw Failures.unchecked(t);
        }
        if (!co.suspended) {
            end();
            return false;
        }
        return suspended(co.takeFrames(this, this), co);
    }

    /** Resumes the innermost call of the code, then its caller, and so on, as the step of a task does. */
    @SuppressWarnings("NullAway") // a suspended frame has a point, a yielding generation an innermost frame
    private boolean goOn(@Nullable Throwable failure, Continuation co) {
        Frame frame = innermost;
        innermost = null;
        state = State.RUNNING;
        Object result = null;
        Throwable thrown = failure;
        while (frame != this) {
            Frame caller = frame.parent;
            Throwable passedOn = thrown;
            if (thrown != null) {
                co.failure = thrown;
                thrown = null;
            }
            try {
                result = frame.point.resume(frame, co, result);
            } catch (Throwable t) {
                thrown = t;
                co.reset();
                if (t != passedOn) {
                    AsyncTrace.complete(t, caller);
                }
            }
            if (co.suspended) {
                Frame frames = co.takeFrames(result == frame ? frame : caller, caller);
                if (co.yielding == null || co.yielding == this) {
                    return suspended(frames, co);
                }
                caller = ((Generation<?>) co.yielding).yielded(frames, co);
            }
            frame = caller;
        }
        end();
        if (thrown != null) {
            throw Failures.unchecked(thrown);
        }
        return false;
    }

    private boolean suspended(@Nullable Frame frames, Continuation co) {
        parent = null;
        if (co.yielding == this) {
            yielded(frames, co);
            return true;
        }
        point = POINT;
        co.suspendCallers(frames, this); // the caller's frame comes behind this one
        return false;
    }

    /**
     * Cuts the code off from its consumer.
     *
     * @param frames those of the code, the innermost first
     * @return the frame of the consumer, to go on with; {@code hasNext} gives true there
     */
    @Nullable
    Frame yielded(@Nullable Frame frames, Continuation co) {
        Frame consumer = parent;
        parent = null;
        innermost = frames;
        co.yielding = null;
        co.primitive = 1;
        state = State.YIELDED;
        task = null;
        if (entry != null) {
            entry.yielded();
        }
        return consumer;
    }

    /** The leaf of {@link Yielder#yield}. */
    void yield(T next, Continuation co) {
        if (co == Continuation.REFUSING) {
            co.suspend(); // throws
        }
        if (state != State.RUNNING || EventLoop.of(co).current() != task) {
            throw new IllegalStateException(
                    "yield was called by "
                            + EventLoop.of(co).current()
                            + (state == State.RUNNING
                                    ? ", while the generator runs in " + task
                                    : ", while the generator does not run")
                            + ". Only its own code may yield; tasks that it starts hand their elements to it, for example by a queue.");
        }
        element = next;
        hasElement = true;
        co.suspend();
        co.yielding = this;
    }

    /** Ends the iteration: the code gets a {@link GeneratorExit} where it waits. */
    @Async
    void close() {
        if (state == State.NEW) {
            code = null;
            end();
        }
        element = null;
        hasElement = false;
        if (state == State.ENDED) {
            return;
        }
        GeneratorExit exit = new GeneratorExit();
        boolean again;
        try {
            again = advance(exit);
        } catch (GeneratorExit e) {
            if (e != exit) {
                throw e;
            }
            return;
        }
        if (again) {
            takeElement();
            throw new IllegalStateException(
                    "The generator ignored GeneratorExit: it yields again after its iteration was"
                            + " closed. Do not yield in a finally block, and let the error pass.");
        }
    }

    private void end() {
        state = State.ENDED;
        task = null;
        if (entry != null) {
            entry.remove();
            entry = null;
        }
    }

    private static final class Point extends ResumePoint {
        Point() {
            super(0, 0, new StackTraceElement(AsyncIterator.class.getName(), "hasNext", "AsyncIterator.java", -1));
        }

        /** The code has ended after it had waited for something: that is how {@code hasNext} ends. */
        @Override
        public @Nullable Object resume(Frame frame, Continuation co, @Nullable Object value) {
            Generation<?> generation = (Generation<?>) frame;
            generation.end();
            Throwable failure = co.failure;
            if (failure != null) {
                co.failure = null;
                throw Failures.unchecked(failure);
            }
            return Continuation.returned(0, co); // false
        }
    }
}
