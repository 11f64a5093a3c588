package dev.weft.agent.tests.random;

import java.util.List;
import java.util.stream.Stream;

/** A functional interface that random programs bind lambdas to. */
record Functional(String type, String method, List<Type> parameters, Type result, boolean suspends) {
    static final List<Functional> SUSPENDING = List.of(
            suspending("Coroutine<Integer>", "run", Type.BOXED_INT),
            suspending("Coroutine<String>", "run", Type.STRING),
            suspending("Coroutine<Object>", "run", Type.OBJECT),
            suspending("Coroutine<Node>", "run", Type.NODE),
            suspending("AsyncRunnable", "run", Type.VOID),
            suspending("AsyncSupplier<Long>", "get", Type.BOXED_LONG),
            suspending("AsyncConsumer<String>", "accept", Type.VOID, Type.STRING),
            suspending("AsyncBiConsumer<Integer, Double>", "accept", Type.VOID, Type.BOXED_INT, Type.BOXED_DOUBLE),
            suspending("AsyncFunction<Integer, Integer>", "apply", Type.BOXED_INT, Type.BOXED_INT),
            suspending("AsyncFunction<Object, String>", "apply", Type.STRING, Type.OBJECT),
            suspending("AsyncFunction<Node, Character>", "apply", Type.BOXED_CHAR, Type.NODE),
            suspending("AsyncFunction<Integer, int[]>", "apply", Type.INTS, Type.BOXED_INT),
            suspending("AsyncFunction<Integer, Node>", "apply", Type.NODE, Type.BOXED_INT),
            suspending("Wide", "of", Type.DOUBLE, Type.LONG, Type.BYTE, Type.DOUBLE),
            suspending(
                    "Mixed",
                    "of",
                    Type.LONG,
                    Type.BOOLEAN,
                    Type.FLOAT,
                    Type.SHORT,
                    Type.CHAR,
                    Type.STRING,
                    Type.LONG,
                    Type.INT),
            suspending("Own<String, Byte>", "of", Type.BOXED_BYTE, Type.STRING, Type.INT),
            suspending("Narrow", "of", Type.STRING, Type.STRING, Type.INT));

    static final List<Functional> PLAIN = List.of(
            plain("Supplier<Integer>", "get", Type.BOXED_INT),
            plain("Supplier<Object>", "get", Type.OBJECT),
            plain("Runnable", "run", Type.VOID),
            plain("Function<String, String>", "apply", Type.STRING, Type.STRING),
            plain("IntBinaryOperator", "applyAsInt", Type.INT, Type.INT, Type.INT),
            plain("ToLongFunction<Object>", "applyAsLong", Type.LONG, Type.OBJECT),
            plain("DoubleSupplier", "getAsDouble", Type.DOUBLE),
            plain("IntPredicate", "test", Type.BOOLEAN, Type.INT));

    static final List<Functional> ALL =
            Stream.concat(SUSPENDING.stream(), PLAIN.stream()).toList();

    private static Functional suspending(String type, String method, Type result, Type... parameters) {
        return new Functional(type, method, List.of(parameters), result, true);
    }

    private static Functional plain(String type, String method, Type result, Type... parameters) {
        return new Functional(type, method, List.of(parameters), result, false);
    }
}
