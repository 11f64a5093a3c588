package dev.weft.agent.tests.corpus;

import dev.weft.Coroutine;
import dev.weft.internal.Continuation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test program: a static method without parameters that returns an {@code Object}.
 *
 * @param twin null if the class was not rewritten; then the program runs, but cannot suspend
 */
record Program(String name, MethodHandle plain, @Nullable MethodHandle twin) implements Coroutine<Object> {
    /** All programs of a class, rewritten or not, in order of their names. */
    static List<Program> in(Class<?> corpus) {
        return Arrays.stream(corpus.getDeclaredMethods())
                .filter(Program::isProgram)
                .map(method -> of(corpus, method.getName()))
                .sorted(Comparator.comparing(Program::name))
                .toList();
    }

    static Program of(Class<?> corpus, String name) {
        try {
            Lookup lookup = MethodHandles.privateLookupIn(corpus, MethodHandles.lookup());
            return new Program(
                    name,
                    lookup.findStatic(corpus, name, MethodType.methodType(Object.class)),
                    isRewritten(corpus)
                            ? lookup.findStatic(
                                    corpus, name + "$async", MethodType.methodType(Object.class, Continuation.class))
                            : null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static boolean isRewritten(Class<?> corpus) {
        return Arrays.stream(corpus.getDeclaredMethods())
                .anyMatch(method -> method.getName().endsWith("$async"));
    }

    private static boolean isProgram(Method method) {
        return Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && !method.isSynthetic()
                && method.getParameterCount() == 0
                && method.getReturnType() == Object.class;
    }

    @Override
    public Object run() {
        try {
            return plain.invoke();
        } catch (Throwable e) {
            throw Suspensions.<RuntimeException>unchecked(e);
        }
    }

    // Overrides the twin of Coroutine.run, though javac does not know.
    public Object run$async(Continuation co) {
        if (twin == null) {
            return run();
        }
        try {
            return twin.invoke(co);
        } catch (Throwable e) {
            throw Suspensions.<RuntimeException>unchecked(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
