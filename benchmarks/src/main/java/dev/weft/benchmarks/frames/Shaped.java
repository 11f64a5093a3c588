package dev.weft.benchmarks.frames;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/** A frame of representation 1. */
abstract class Shaped extends Frame {
    Dispatcher dispatcher;
    int state; // the method in the upper bytes, the point in the lowest

    static final class R1I1 extends Shaped {
        Object r0;
        int i0;
    }

    static final class R2 extends Shaped {
        Object r0;
        Object r1;
    }

    /** Leads to the resume bodies of one class. */
    abstract static class Dispatcher {
        abstract Object resume(Shaped frame, Registers co, Object value);
    }

    static final class RunLoop extends Loop {
        @Override
        Object resume(Frame frame, Object value) {
            Shaped shaped = (Shaped) frame;
            return shaped.dispatcher.resume(shaped, co, value);
        }
    }

    private static final Template DISPATCHER = Template.of(ShapedHost000.HiddenDispatcher.class);

    /** Makes the dispatcher of a host, once. */
    static CallSite bootstrap(Lookup host, String name, MethodType type) throws Throwable {
        Lookup hidden = DISPATCHER.defineFor(host);
        MethodHandle constructor = hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class));
        Dispatcher dispatcher = (Dispatcher)
                constructor.asType(MethodType.methodType(Dispatcher.class)).invokeExact();
        return new ConstantCallSite(MethodHandles.constant(Dispatcher.class, dispatcher));
    }
}
