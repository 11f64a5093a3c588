package dev.weft.benchmarks.frames;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/** A frame of representation 3. */
abstract class Pointed extends Frame {
    Point point;

    static final class R1I1 extends Pointed {
        Object r0;
        int i0;
    }

    static final class R2 extends Pointed {
        Object r0;
        Object r1;
    }

    /** One suspension point of one class. */
    abstract static class Point {
        final int method;
        final int state;

        Point(int method, int state) {
            this.method = method;
            this.state = state;
        }

        abstract Object resume(Frame frame, Registers co, Object value);
    }

    static final class RunLoop extends Loop {
        @Override
        Object resume(Frame frame, Object value) {
            return ((Pointed) frame).point.resume(frame, co, value);
        }
    }

    private static final Template POINT = Template.of(PointedHost000.HiddenPoint.class);
    private static final int[] POINTS_OF_METHODS = {1, 2, 1, 1};

    /** Makes the points of a host, once. */
    static CallSite bootstrap(Lookup host, String name, MethodType type) throws Throwable {
        Lookup hidden = POINT.defineFor(host);
        MethodHandle constructor = hidden.findConstructor(
                        hidden.lookupClass(), MethodType.methodType(void.class, int.class, int.class))
                .asType(MethodType.methodType(Point.class, int.class, int.class));
        Point[] points = new Point[5];
        int index = 0;
        for (int method = 0; method < POINTS_OF_METHODS.length; method++) {
            for (int state = 0; state < POINTS_OF_METHODS[method]; state++) {
                points[index++] = (Point) constructor.invokeExact(method, state);
            }
        }
        return new ConstantCallSite(MethodHandles.constant(Point[].class, points));
    }
}
