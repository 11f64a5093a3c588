package dev.weft.internal;

import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells why code cannot suspend: it was not rewritten, and so nothing could resume it. */
public final class Rewriting {
    /** The system property in which the agent leaves its version. */
    private static final String AGENT = "dev.weft.agent";

    private static final String TWIN = "$async";
    private static final String ANNOTATION = "dev.weft.Async";

    /** What every class has that was rewritten and can suspend; no proxy copies a private static method. */
    private static final String MARK = "weft$suspend";

    // Null for a class that has none.
    private static final ClassValue<@Nullable Method> HIDDEN_OVERRIDERS = new ClassValue<>() {
        @Override
        protected @Nullable Method computeValue(Class<?> hidden) {
            for (Method method : declaredMethods(hidden)) {
                MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
                Class<?>[] twin = type.appendParameterTypes(Continuation.class).parameterArray();
                if (!Modifier.isStatic(method.getModifiers())
                        && !declares(hidden, method.getName() + TWIN, twin)
                        && inheritsFromRewritten(hidden, method.getName() + TWIN, twin)) {
                    return method;
                }
            }
            return null;
        }

        private boolean inheritsFromRewritten(Class<?> hidden, String twin, Class<?>[] parameters) {
            for (Class<?> type = hidden.getSuperclass(); type != null; type = type.getSuperclass()) {
                if (declares(type, twin, parameters)) {
                    return true;
                }
            }
            return false;
        }
    };

    // With the agent from the start, nobody needs to look at any class.
    private static final boolean ATTACHED_AT_START = isAgentAttached();

    private static final ClassValue<Boolean> REWRITTEN_BODIES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> body) {
            return isRewrittenBody(body);
        }
    };

    private Rewriting() {}

    /**
     * Refuses a coroutine that was not rewritten because there is no agent to do it.
     *
     * @throws IllegalStateException if no agent is attached and the class of {@code body} was not rewritten beforehand
     */
    public static void requireFor(Object body) {
        if (ATTACHED_AT_START || REWRITTEN_BODIES.get(body.getClass()) || isAgentAttached()) {
            return;
        }
        throw new IllegalStateException("The Weft agent is not attached, so the coroutine that " + caller()
                + " starts was not rewritten and cannot suspend. Start the JVM with -javaagent:weft-agent.jar, or rewrite"
                + " the classes when they are built.");
    }

    /**
     * Whether the twin of a coroutine leads to the same code as its method; not so for proxies and generated subclasses
     * without an agent.
     */
    public static boolean reachesTwin(ClassValue<Boolean> reaching, Object body) {
        return ATTACHED_AT_START || reaching.get(body.getClass());
    }

    static boolean isAgentAttached() {
        return System.getProperty(AGENT) != null;
    }

    /** Who called the runtime: the class, method and line of the innermost code that is not the runtime's own. */
    public static String caller() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(stack -> stack.filter(frame -> !isRuntime(frame.getDeclaringClass()) && !isReflection(frame))
                        .findFirst()
                        .map(Rewriting::location)
                        .orElse("the JVM"));
    }

    static boolean isRuntime(Class<?> type) {
        return type.getProtectionDomain() == Rewriting.class.getProtectionDomain() || Lambdas.isCompanion(type);
    }

    private static boolean isRewrittenBody(Class<?> type) {
        if (Arrays.stream(type.getInterfaces()).anyMatch(Lambdas::isCompanion) || Proxy.isProxyClass(type)) {
            return true; // whoever stands behind a proxy, there is nothing to rewrite in it
        }
        Class<?> declaring = type.isHidden() ? lambdaHost(type) : type;
        for (; declaring != null; declaring = declaring.getSuperclass()) {
            if (isRewritten(declaring)) {
                return true;
            }
        }
        return false;
    }

    // The JDK names the class of a lambda after the class that it is written in.
    private static Class<?> lambdaHost(Class<?> lambda) {
        int end = lambda.getName().indexOf("$$Lambda");
        if (end >= 0) {
            try {
                return Class.forName(lambda.getName().substring(0, end), false, lambda.getClassLoader());
            } catch (ClassNotFoundException e) {
                // no lambda after all
            }
        }
        return lambda;
    }

    /**
     * Refuses an object of a hidden class that overrides a method but not its twin; constructors of rewritten classes call
     * this.
     *
     * @throws UnsupportedOperationException if coroutines would call the overridden method
     */
    public static void checkHidden(Object created) {
        Class<?> type = created.getClass();
        if (type.isHidden()) {
            Method overrider = HIDDEN_OVERRIDERS.get(type);
            if (overrider != null) {
                throw new UnsupportedOperationException("The hidden class " + type.getName() + " overrides "
                        + overrider.getName()
                        + ", which is @Async, but agents do not see hidden classes, and coroutines"
                        + " would go on to call the overridden method. Define it as an ordinary class, or rewrite the"
                        + " classes when they are built.");
            }
        }
    }

    /** Whether the class has been through the compiler and can suspend, or stands in for such a class. */
    static boolean isRewritten(Class<?> type) {
        return isRuntime(type) || declares(type, MARK, new Class<?>[] {Continuation.class, Frame.class, int.class});
    }

    static boolean declares(Class<?> type, String name, Class<?>[] parameters) {
        return declaredMethods(type).stream()
                .anyMatch(method ->
                        method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters));
    }

    /** The error of a suspension that a caller on the stack, not rewritten, makes impossible; it names that caller. */
    static IllegalStateException plainCaller() {
        List<StackFrame> frames = StackWalker.getInstance(
                        Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_REFLECT_FRAMES))
                .walk(stack -> stack.dropWhile(frame -> !frame.getMethodName().endsWith(TWIN))
                        .dropWhile(frame -> frame.getMethodName().endsWith(TWIN))
                        .limit(200)
                        .collect(Collectors.toList()));
        if (frames.isEmpty()) {
            return new IllegalStateException("Cannot suspend here: the caller is not @Async code.");
        }
        StackFrame bridge = frames.get(0);
        String suspending = name(bridge);
        List<StackFrame> callers = frames.stream()
                .skip(1)
                .filter(frame -> !isReflection(frame))
                .dropWhile(frame -> Lambdas.isCompanion(frame.getDeclaringClass()))
                .toList();
        if (callers.isEmpty()) {
            return new IllegalStateException(suspending + " cannot suspend here: it was called by the JVM itself,"
                    + " not by @Async code. Start it with Asyncio.run(() -> ...).");
        }
        StackFrame caller = callers.get(0);
        Reason reason = reason(frames.get(1), bridge, caller);
        StringBuilder message = new StringBuilder(suspending)
                .append(" cannot suspend here: it was called by ")
                .append(location(caller))
                .append(reason.text)
                .append(" and so could not be resumed");
        if (isLibrary(caller)) {
            callers.stream()
                    .filter(frame -> !isLibrary(frame))
                    .findFirst()
                    .ifPresent(frame ->
                            message.append(" (below ").append(location(frame)).append(')'));
        }
        return new IllegalStateException(message.append(". ")
                .append(
                        isAgentMissing(reason, frames)
                                ? "The Weft agent is not attached: start the JVM with -javaagent:weft-agent.jar,"
                                        + " or rewrite the classes when they are built."
                                : remedy(reason, bridge, caller))
                .toString());
    }

    /** Why a call could not suspend. */
    private enum Reason {
        NOT_ASYNC(", which is not @Async code"),
        LOADED_EARLY(", which was not rewritten"),
        HIDDEN(", which was rewritten when nobody could know of it,"),
        REFLECTION(" by reflection,");

        final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    // Where classes of the application were rewritten when they were built, all that can be have been.
    private static boolean isAgentMissing(Reason reason, List<StackFrame> frames) {
        return !isAgentAttached()
                && (reason == Reason.LOADED_EARLY
                        || frames.stream()
                                .map(StackFrame::getDeclaringClass)
                                .noneMatch(type -> !isRuntime(type) && isRewritten(type)));
    }

    private static Reason reason(StackFrame below, StackFrame bridge, StackFrame caller) {
        if (isReflection(below)) {
            return Reason.REFLECTION;
        }
        if (!isAsync(caller)) {
            return isAnnotated(caller) ? Reason.LOADED_EARLY : Reason.NOT_ASYNC;
        }
        return isHidden(bridge.getDeclaringClass()) ? Reason.HIDDEN : Reason.REFLECTION; // by a method handle
    }

    private static String remedy(Reason reason, StackFrame bridge, StackFrame caller) {
        String suspending = name(bridge);
        switch (reason) {
            case REFLECTION:
                return "Only direct calls can suspend: call " + suspending
                        + " without reflection or method handles, and not through a proxy that uses them.";
            case LOADED_EARLY:
                return "Its class was loaded before the agent was attached: start the JVM with"
                        + " -javaagent:weft-agent.jar.";
            case HIDDEN:
                return "The class loader of " + bridge.getClassName()
                        + " does not give out its class files: let its getResourceAsStream find them.";
            default:
                return remedy(caller, suspending);
        }
    }

    private static String remedy(StackFrame caller, String suspending) {
        String method = caller.getMethodName();
        if (method.equals("<init>")) {
            return "A constructor cannot suspend: call " + suspending
                    + " in a static @Async factory method and pass its result to the constructor.";
        }
        if (method.equals("<clinit>")) {
            return "A static initialiser cannot suspend: call " + suspending + " from an @Async method.";
        }
        if (method.startsWith("lambda$")) {
            return "Only lambdas that are bound to an @Async functional interface, such as Coroutine, can suspend:"
                    + " write a plain loop in an @Async method, or pass the lambda as a Coroutine.";
        }
        if (isLibrary(caller)) {
            return "Call " + suspending + " from an @Async method instead, in a plain loop if need be.";
        }
        return "Annotate " + caller.getDeclaringClass().getSimpleName() + "." + method
                + " with @Async and call it from @Async code, or start a loop with Asyncio.run(() -> ...).";
    }

    /** The error of a frame whose class has been redefined since, with code that the frame does not fit. */
    public static IllegalStateException redefined(Frame frame) {
        return new IllegalStateException("The coroutine cannot go on at " + frame.point
                + ": its class has been redefined while it was suspended, and its method has other suspension points or"
                + " variables now. Start it anew.");
    }

    // Its direct calls are rewritten, so that this one was none; the JVM hides what lies between.
    private static boolean isAsync(StackFrame frame) {
        if (frame.getMethodName().endsWith(TWIN) || frame.getMethodName().endsWith("$resume")) {
            return true;
        }
        MethodType type = frame.getMethodType().appendParameterTypes(Continuation.class);
        return declares(frame.getDeclaringClass(), frame.getMethodName() + TWIN, type.parameterArray());
    }

    private static boolean isAnnotated(StackFrame frame) {
        return declaredMethods(frame.getDeclaringClass()).stream()
                .filter(method -> method.getName().equals(frame.getMethodName())
                        && Arrays.equals(
                                method.getParameterTypes(),
                                frame.getMethodType().parameterArray()))
                .flatMap(method -> Arrays.stream(method.getAnnotations()))
                .anyMatch(annotation -> annotation.annotationType().getName().equals(ANNOTATION));
    }

    private static List<Method> declaredMethods(Class<?> type) {
        try {
            return List.of(type.getDeclaredMethods());
        } catch (LinkageError e) {
            return List.of(); // a signature names a class that is not there
        }
    }

    // The agent reads class files of classes that are not loaded yet.
    private static boolean isHidden(Class<?> type) {
        return !type.isHidden()
                && !Lambdas.isCompanion(type)
                && type.getResource("/" + type.getName().replace('.', '/') + ".class") == null;
    }

    private static boolean isReflection(StackFrame frame) {
        String type = frame.getClassName();
        return type.startsWith("jdk.internal.reflect.")
                || type.startsWith("java.lang.reflect.")
                || type.startsWith("java.lang.invoke.");
    }

    private static boolean isLibrary(StackFrame frame) {
        String type = frame.getClassName();
        return type.startsWith("java.") || type.startsWith("javax.") || type.startsWith("jdk.");
    }

    private static String name(StackFrame frame) {
        if (Lambdas.isCompanion(frame.getDeclaringClass())) {
            return frame.getDeclaringClass().getInterfaces()[0].getSimpleName() + "." + frame.getMethodName();
        }
        return frame.getClassName() + "." + frame.getMethodName();
    }

    private static String location(StackFrame frame) {
        return frame.toStackTraceElement().toString().replace("$async(", "(").replace("$resume(", "(");
    }
}
