package dev.weft.agent.compiler;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;

/** Every name of the runtime that emitted code uses, and the names of what is added to rewritten classes. */
final class RuntimeNames {
    static final String ANNOTATION_CLASS = "dev/weft/Async";
    static final String ANNOTATION = "L" + ANNOTATION_CLASS + ";";
    static final String PUBLIC_PACKAGE = "dev/weft/";
    static final String COROUTINE = "dev/weft/Coroutine";
    static final String TASK = "dev/weft/Task";
    static final String CANCELLED_ERROR = "dev/weft/CancelledError";
    static final String ASYNCIO = "dev/weft/Asyncio";
    static final String ASYNC_ITERABLE = "dev/weft/AsyncIterable";
    static final String ASYNC_ITERATOR = "dev/weft/AsyncIterator";
    static final String EVENT_LOOP = "dev/weft/EventLoop";
    static final String REFUSED_ERROR = "dev/weft/UnsupportedSuspensionError";

    static final String CONTINUATION = "dev/weft/internal/Continuation";
    static final String CONTINUATION_TYPE = "L" + CONTINUATION + ";";
    static final String FRAME = "dev/weft/internal/Frame";
    static final String FRAME_TYPE = "L" + FRAME + ";";
    static final String POINT = "dev/weft/internal/ResumePoint";
    static final String POINT_TYPE = "L" + POINT + ";";
    static final String POINTS_FACTORY = "dev/weft/internal/ResumePoints";
    static final String REWRITING = "dev/weft/internal/Rewriting";
    static final String REDEFINED_DESCRIPTOR = "(" + FRAME_TYPE + ")Ljava/lang/IllegalStateException;";
    static final String LAMBDAS = "dev/weft/internal/Lambdas";
    static final String NORMALIZE_DESCRIPTOR =
            "(Ljava/lang/invoke/SerializedLambda;Ljava/lang/Class;[Ljava/lang/String;)"
                    + "Ljava/lang/invoke/SerializedLambda;";

    /** In the names of the interfaces that {@code Lambdas} defines at run time. */
    static final String COMPANION_MARK = "$$weft$";

    static final String TWIN_SUFFIX = "$async";
    static final String RESUME_SUFFIX = "$resume";
    static final String RESUME_DESCRIPTOR =
            "(" + FRAME_TYPE + CONTINUATION_TYPE + "Ljava/lang/Object;)Ljava/lang/Object;";
    static final String DISPATCH = "weft$dispatch";
    static final String DISPATCH_DESCRIPTOR = "(I" + RESUME_DESCRIPTOR.substring(1);
    static final String SUSPEND = "weft$suspend";
    static final String SUSPEND_DESCRIPTOR = "(" + CONTINUATION_TYPE + FRAME_TYPE + "I)Ljava/lang/Object;";

    /** The attribute of every rewritten class; the agent never rewrites a class twice. */
    static final String REWRITTEN_ATTRIBUTE = "dev.weft.Rewritten";

    static final String METAFACTORY_OWNER = "java/lang/invoke/LambdaMetafactory";

    static final Handle POINTS_BOOTSTRAP = new Handle(
            Opcodes.H_INVOKESTATIC,
            POINTS_FACTORY,
            "bootstrap",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "Ljava/lang/String;[Ljava/lang/String;)Ljava/lang/invoke/CallSite;",
            false);

    static final Handle LAMBDAS_BOOTSTRAP = new Handle(
            Opcodes.H_INVOKESTATIC,
            LAMBDAS,
            "metafactory",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)"
                    + "Ljava/lang/invoke/CallSite;",
            false);

    static final Handle GUARD_BOOTSTRAP = new Handle(
            Opcodes.H_INVOKESTATIC,
            "dev/weft/internal/GuardedCalls",
            "bootstrap",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodHandle;)Ljava/lang/invoke/CallSite;",
            false);

    static final Handle ERASED_BOOTSTRAP = new Handle(
            Opcodes.H_INVOKESTATIC,
            "dev/weft/internal/ErasedCalls",
            "bootstrap",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "Ljava/lang/String;Ljava/lang/Class;Ljava/lang/String;)Ljava/lang/invoke/CallSite;",
            false);

    private RuntimeNames() {}

    /** The descriptor of a method's twin. */
    static String twinDescriptor(String descriptor) {
        return descriptor.replace(")", CONTINUATION_TYPE + ")");
    }
}
