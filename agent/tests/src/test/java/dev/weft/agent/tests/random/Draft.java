package dev.weft.agent.tests.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The program being written: its choices, its methods so far, the place where the pen is. */
final class Draft {
    private static final int TYPES = 10;
    private static final int DEEPEST_STATEMENT = 5;
    private static final int DEEPEST_EXPRESSION = 5; // in its statement

    final String className;
    final int release; // of the Java language
    final List<Method> methods = new ArrayList<>();
    final Expressions expressions = new Expressions(this);
    final Statements statements = new Statements(this);
    final Lambdas lambdas = new Lambdas(this);
    final Calls calls = new Calls(this);

    private final Random random;
    private final List<Type> types = new ArrayList<>();
    private Body body;
    private int names;
    private int statementsAround; // the pen
    private int expressionsAround; // in the innermost statement
    private int budget; // of expressions and statements in the part of the method that is being written

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

    /** Writes a method of at most so many parts. */
    String withBudget(int parts, Supplier<String> write) {
        budget = parts;
        return write.get();
    }

    /** Writes one of several things that share what is left of the budget. */
    String share(int several, Supplier<String> write) {
        int all = budget;
        int mine = Math.max(0, all) / several + (several > 1 ? upTo(6) : 0);
        budget = mine;
        String text = write.get();
        budget = all - (mine - budget);
        return text;
    }

    /** Writes an expression, or its simplest form if the program is getting too large or too deep. */
    String expression(Supplier<String> write, Supplier<String> simplest) {
        if (--budget < 0 || expressionsAround >= DEEPEST_EXPRESSION) {
            return simplest.get();
        }
        expressionsAround++;
        String text = write.get();
        expressionsAround--;
        return text;
    }

    /** The same for a statement. */
    String statement(Supplier<String> write, Supplier<String> simplest) {
        if (--budget < 0 || statementsAround >= DEEPEST_STATEMENT) {
            return simplest.get();
        }
        int around = expressionsAround;
        expressionsAround = 0;
        statementsAround++;
        String text = write.get();
        statementsAround--;
        expressionsAround = around;
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

    /** A type that a variable can have: one of a few, so that there is a good chance to find one of that type again. */
    Type type() {
        while (types.size() < TYPES) {
            types.add(anyType());
        }
        return chance(8) ? anyType() : pick(types);
    }

    private Type anyType() {
        int kind = upTo(100);
        return pick(kind < 50 ? Type.PRIMITIVES : kind < 62 ? Type.BOXES : kind < 84 ? Type.CLASSES : Type.ARRAYS);
    }

    /** An object of the main class, from anywhere. */
    String main() {
        return body.suspends() && chance(30) ? "p(me)" : chance(20) ? "at(" + place() + ", me)" : "me";
    }
}
