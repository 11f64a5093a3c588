package dev.weft.benchmarks.frames;

import java.util.Objects;

/** Representation 1: a frame holds its class's dispatcher and, in one int, the method and the point in it. */
final class ShapedHost000 implements Host {
    /** Template of the one hidden class of each host. */
    static final class HiddenDispatcher extends Shaped.Dispatcher {
        @Override
        Object resume(Shaped frame, Registers co, Object value) {
            return ShapedHost000.dispatch(frame.state, frame, co, value);
        }
    }

    private static Shaped.Dispatcher constant() {
        throw new AssertionError("replaced in copies");
    }

    @Override
    public void start(Method method, Registers co) {
        if (method == Method.ONE_POINT) {
            onePoint(method, 0, co);
        } else if (method == Method.TWO_POINTS) {
            twoPoints(method, 0, co);
        } else {
            calls(method, 0, co);
        }
    }

    private static Object dispatch(int state, Shaped frame, Registers co, Object value) {
        switch (state >> 8) {
            case 0:
                return onePointResume(frame, co);
            case 1:
                return twoPointsResume(frame, co);
            case 2:
                return callsResume(frame, co);
            default:
                return callResume(frame, co);
        }
    }

    private static void suspend(Registers co, Shaped frame, int state) {
        co.link(frame);
        frame.state = state;
    }

    private static Shaped.Dispatcher dispatcher() {
        return constant();
    }

    private static Shaped.R1I1 newFrame(Object label, int i) {
        Shaped.R1I1 frame = new Shaped.R1I1();
        frame.dispatcher = dispatcher();
        frame.r0 = label;
        frame.i0 = i;
        return frame;
    }

    private static void onePoint(Object label, int i, Registers co) {
        co.pause();
        if (co.suspended != null) {
            suspend(co, newFrame(label, i), 0);
            return;
        }
        throw new AssertionError(label);
    }

    private static Object onePointResume(Frame saved, Registers co) {
        Shaped.R1I1 frame = (Shaped.R1I1) saved;
        Object label = frame.r0;
        int i = frame.i0;
        while (true) {
            co.resumed();
            Objects.requireNonNull(label);
            i++;
            co.pause();
            if (co.suspended != null) {
                frame.i0 = i;
                suspend(co, frame, 0);
                return null;
            }
        }
    }

    private static void twoPoints(Object label, int i, Registers co) {
        co.pause();
        if (co.suspended != null) {
            suspend(co, newFrame(label, i), 1 << 8);
            return;
        }
        throw new AssertionError(label);
    }

    private static Object twoPointsResume(Frame saved, Registers co) {
        Shaped.R1I1 frame = (Shaped.R1I1) saved;
        Object label = frame.r0;
        int i = frame.i0;
        int state = frame.state & 0xFF;
        while (true) {
            if (state == 0) {
                co.resumed();
                Objects.requireNonNull(label);
                co.pause();
                if (co.suspended != null) {
                    frame.i0 = i;
                    suspend(co, frame, (1 << 8) + 1);
                    return null;
                }
            }
            co.resumed();
            i++;
            co.pause();
            if (co.suspended != null) {
                frame.i0 = i;
                suspend(co, frame, 1 << 8);
                return null;
            }
            state = 0;
        }
    }

    private static void calls(Object label, int i, Registers co) {
        call(label, label, co);
        if (co.suspended != null) {
            suspend(co, newFrame(label, i), 2 << 8);
            return;
        }
        throw new AssertionError(label);
    }

    private static Object callsResume(Frame saved, Registers co) {
        Shaped.R1I1 frame = (Shaped.R1I1) saved;
        Object label = frame.r0;
        int i = frame.i0;
        while (true) {
            co.resumed();
            i += (int) co.primitive;
            i += call(label, label, co);
            if (co.suspended != null) {
                frame.i0 = i;
                suspend(co, frame, 2 << 8);
                return null;
            }
        }
    }

    private static int call(Object label, Object other, Registers co) {
        co.pause();
        if (co.suspended != null) {
            Shaped.R2 frame = new Shaped.R2();
            frame.dispatcher = dispatcher();
            frame.r0 = label;
            frame.r1 = other;
            suspend(co, frame, 3 << 8);
            return 0;
        }
        return label == other ? 1 : 2;
    }

    private static Object callResume(Frame saved, Registers co) {
        Shaped.R2 frame = (Shaped.R2) saved;
        Object label = frame.r0;
        Object other = frame.r1;
        co.resumed();
        co.primitive = label == other ? 1 : 2;
        return null;
    }
}
