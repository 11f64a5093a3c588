package dev.weft.benchmarks.frames;

import java.util.Objects;

/** Representation 2: a frame is of a hidden class of its own for each host and shape, which leads to the resume body. */
final class HiddenHost000 implements Host {
    /** Template of one of the two hidden classes of each host. */
    static final class HiddenR1I1 extends Hidden.R1I1 {
        @Override
        Hidden.R1I1 create() {
            return new HiddenR1I1();
        }

        @Override
        Object resume(Registers co, Object value) {
            return HiddenHost000.dispatch(state, this, co, value);
        }
    }

    /** Template of the other one. */
    static final class HiddenR2 extends Hidden.R2 {
        @Override
        Hidden.R2 create() {
            return new HiddenR2();
        }

        @Override
        Object resume(Registers co, Object value) {
            return HiddenHost000.callResume(this, co);
        }
    }

    private static Hidden.R1I1 constantR1I1() {
        throw new AssertionError("replaced in copies");
    }

    private static Hidden.R2 constantR2() {
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

    private static Object dispatch(int state, Hidden frame, Registers co, Object value) {
        switch (state >> 8) {
            case 0:
                return onePointResume(frame, co);
            case 1:
                return twoPointsResume(frame, co);
            default:
                return callsResume(frame, co);
        }
    }

    private static void suspend(Registers co, Hidden frame, int state) {
        co.link(frame);
        frame.state = state;
    }

    private static Hidden.R1I1 newFrame(Object label, int i) {
        Hidden.R1I1 frame = constantR1I1().create();
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
        Hidden.R1I1 frame = (Hidden.R1I1) saved;
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
        Hidden.R1I1 frame = (Hidden.R1I1) saved;
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
        Hidden.R1I1 frame = (Hidden.R1I1) saved;
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
            Hidden.R2 frame = constantR2().create();
            frame.r0 = label;
            frame.r1 = other;
            suspend(co, frame, 0);
            return 0;
        }
        return label == other ? 1 : 2;
    }

    private static Object callResume(Frame saved, Registers co) {
        Hidden.R2 frame = (Hidden.R2) saved;
        Object label = frame.r0;
        Object other = frame.r1;
        co.resumed();
        co.primitive = label == other ? 1 : 2;
        return null;
    }
}
