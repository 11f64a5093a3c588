package dev.weft.agent.tests.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The program being written: its choices, its methods so far, the place where the pen is. */
final class Draft {
    private static final int DEEPEST = 9;

    final String className;
    final int release; // of the Java language
    final List<Method> methods = new ArrayList<>();
    final Expressions expressions = new Expressions(this);
    final Statements statements = new Statements(this);
    final Lambdas lambdas = new Lambdas(this);
    final Calls calls = new Calls(this);

    private final Random random;
    private Body body;
    private int names;
    private int depth;
    private int budget; // of expressions and statements until the end of the current method

    Draft(String className, Random random, int release) {
        this.className = className;
        this.random = random;
        this.release = release;
    }

    Body body() {
        return body;
    }

    /** Writes a part of the program in another body. */
    String in(Body other, Supplier<String> write) {
        Body before = body;
        body = other;
        String text = write.get();
        body = before;
        return text;
    }

    /** Writes something of at most so many parts. */
    String withBudget(int parts, Supplier<String> write) {
        budget = parts;
        return write.get();
    }

    /** Writes one part, or its simplest form if the program is getting too large or too deep. */
    String part(Supplier<String> write, Supplier<String> simplest) {
        if (--budget < 0 || depth >= DEEPEST) {
            return simplest.get();
        }
        depth++;
        String text = write.get();
        depth--;
        return text;
    }

    String fresh(String prefix) {
        return prefix + names++;
    }

    /** A number for a place in the trace. */
    int place() {
        return names++;
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of these at random, now. */
    @SafeVarargs
    final String either(Supplier<String>... choices) {
        return pick(choices).get();
    }

    /** A type that a variable can have. */
    Type type() {
        int kind = upTo(100);
        return pick(kind < 50 ? Type.PRIMITIVES : kind < 62 ? Type.BOXES : kind < 84 ? Type.CLASSES : Type.ARRAYS);
    }

    /** An object of the main class, from anywhere. */
    String main() {
        return body.suspends() && chance(30) ? "p(me)" : chance(20) ? "at(" + place() + ", me)" : "me";
    }
}
