package dev.weft.benchmarks.frames;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/** A frame of representation 2. */
abstract class Hidden extends Frame {
    int state; // among the methods that share the class: the method in the upper bytes, the point in the lowest

    abstract Object resume(Registers co, Object value);

    abstract static class R1I1 extends Hidden {
        Object r0;
        int i0;

        abstract R1I1 create();
    }

    abstract static class R2 extends Hidden {
        Object r0;
        Object r1;

        abstract R2 create();
    }

    static final class RunLoop extends Loop {
        @Override
        Object resume(Frame frame, Object value) {
            return ((Hidden) frame).resume(co, value);
        }
    }

    private static final Template R1I1_FRAME = Template.of(HiddenHost000.HiddenR1I1.class);
    private static final Template R2_FRAME = Template.of(HiddenHost000.HiddenR2.class);

    /** Makes the frame class of a host and a shape, once, and a frame of it that creates the others. */
    static CallSite bootstrap(Lookup host, String name, MethodType type) throws Throwable {
        Lookup hidden = (type.returnType() == R2.class ? R2_FRAME : R1I1_FRAME).defineFor(host);
        MethodHandle constructor = hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class));
        Hidden factory =
                (Hidden) constructor.asType(MethodType.methodType(Hidden.class)).invokeExact();
        return new ConstantCallSite(MethodHandles.constant(type.returnType(), factory));
    }
}
