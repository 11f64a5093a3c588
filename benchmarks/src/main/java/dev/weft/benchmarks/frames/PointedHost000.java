package dev.weft.benchmarks.frames;

import java.util.Objects;

/** Representation 3: a frame holds its suspension point, an object that leads to the resume body. */
final class PointedHost000 implements Host {
    /** Template of the one hidden class of each host. */
    static final class HiddenPoint extends Pointed.Point {
        HiddenPoint(int method, int state) {
            super(method, state);
        }

        @Override
        Object resume(Frame frame, Registers co, Object value) {
            return PointedHost000.dispatch(method, frame, co, value);
        }
    }

    private static Pointed.Point[] constant() {
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

    private static Object dispatch(int method, Frame frame, Registers co, Object value) {
        switch (method) {
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

    private static void suspend(Registers co, Pointed frame, int index) {
        co.link(frame);
        Pointed.Point point = constant()[index];
        if (frame.point != point) {
            frame.point = point;
        }
    }

    private static Pointed.R1I1 newFrame(Object label, int i) {
        Pointed.R1I1 frame = new Pointed.R1I1();
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
        Pointed.R1I1 frame = (Pointed.R1I1) saved;
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
            suspend(co, newFrame(label, i), 1);
            return;
        }
        throw new AssertionError(label);
    }

    private static Object twoPointsResume(Frame saved, Registers co) {
        Pointed.R1I1 frame = (Pointed.R1I1) saved;
        Object label = frame.r0;
        int i = frame.i0;
        int state = frame.point.state;
        while (true) {
            if (state == 0) {
                co.resumed();
                Objects.requireNonNull(label);
                co.pause();
                if (co.suspended != null) {
                    frame.i0 = i;
                    suspend(co, frame, 2);
                    return null;
                }
            }
            co.resumed();
            i++;
            co.pause();
            if (co.suspended != null) {
                frame.i0 = i;
                suspend(co, frame, 1);
                return null;
            }
            state = 0;
        }
    }

    private static void calls(Object label, int i, Registers co) {
        call(label, label, co);
        if (co.suspended != null) {
            suspend(co, newFrame(label, i), 3);
            return;
        }
        throw new AssertionError(label);
    }

    private static Object callsResume(Frame saved, Registers co) {
        Pointed.R1I1 frame = (Pointed.R1I1) saved;
        Object label = frame.r0;
        int i = frame.i0;
        while (true) {
            co.resumed();
            i += (int) co.primitive;
            i += call(label, label, co);
            if (co.suspended != null) {
                frame.i0 = i;
                suspend(co, frame, 3);
                return null;
            }
        }
    }

    private static int call(Object label, Object other, Registers co) {
        co.pause();
        if (co.suspended != null) {
            Pointed.R2 frame = new Pointed.R2();
            frame.r0 = label;
            frame.r1 = other;
            suspend(co, frame, 4);
            return 0;
        }
        return label == other ? 1 : 2;
    }

    private static Object callResume(Frame saved, Registers co) {
        Pointed.R2 frame = (Pointed.R2) saved;
        Object label = frame.r0;
        Object other = frame.r1;
        co.resumed();
        co.primitive = label == other ? 1 : 2;
        return null;
    }
}
