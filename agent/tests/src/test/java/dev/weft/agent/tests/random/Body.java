package dev.weft.agent.tests.random;

import dev.weft.agent.tests.random.Method.Home;
import dev.weft.agent.tests.random.Variable.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the code of the method or lambda that is being written can see and do at the current place. */
final class Body {
    /** Where {@code break} and {@code continue} may lead. */
    record Target(String label, Kind kind) {
        enum Kind {
            LOOP,
            FOREVER, // a loop that only a return leaves; has no label
            SWITCH,
            BLOCK
        }

        boolean breaks() {
            return kind != Kind.FOREVER;
        }

        boolean continues() {
            return kind == Kind.LOOP || kind == Kind.FOREVER;
        }

        /** A jump without a label leads here if nothing else is between. */
        boolean isImplied() {
            return kind != Kind.BLOCK;
        }
    }

    final Home home;
    final boolean isStatic;
    final Type result;
    final @Nullable Method overridden; // it may call the one that it overrides
    final int number; // of its method; calls lead to later ones most of the time
    final boolean inClass; // in a local or anonymous class, so that `this` is something else
    private final List<Variable> variables = new ArrayList<>();
    private List<Target> targets = new ArrayList<>();
    private boolean suspends;
    private boolean returns = true;
    private boolean assigns = true;
    private boolean tries = true;

    private Body(
            Home home,
            boolean isStatic,
            Type result,
            @Nullable Method overridden,
            int number,
            boolean inClass,
            boolean suspends) {
        this.home = home;
        this.isStatic = isStatic;
        this.result = result;
        this.overridden = overridden;
        this.number = number;
        this.inClass = inClass;
        this.suspends = suspends;
    }

    static Body of(Method method, Home home, @Nullable Method overridden) {
        return new Body(home, method.isStatic(), method.result(), overridden, method.number(), false, true);
    }

    /** Of a lambda in this body, or of a method of a class that is declared in it. */
    Body nested(Type result, boolean inClass, boolean suspends) {
        Body nested = new Body(home, isStatic, result, overridden, number, this.inClass || inClass, suspends);
        variables.stream().filter(variable -> variable.use() == Use.FIXED).forEach(nested.variables::add);
        nested.assigns = assigns;
        return nested;
    }

    /** The same body in the guard of a case, where nothing may be assigned. */
    Body guard() {
        Body guard = nested(result, false, suspends);
        guard.returns = false;
        guard.assigns = false;
        return guard;
    }

    boolean tries() {
        return tries;
    }

    boolean assigns() {
        return assigns;
    }

    boolean suspends() {
        return suspends;
    }

    boolean returns() {
        return returns;
    }

    /** Runs with suspensions forbidden, as in a synchronized block. */
    String plainly(Supplier<String> write) {
        boolean before = suspends;
        suspends = false;
        String text = write.get();
        suspends = before;
        return text;
    }

    /** Runs where no jump may leave, as in a switch expression, nor a handler begin unless {@code handlers}. */
    String enclosed(boolean handlers, Supplier<String> write) {
        boolean triesBefore = tries;
        tries &= handlers;
        List<Target> targetsBefore = targets;
        boolean returnsBefore = returns;
        targets = new ArrayList<>();
        returns = false;
        String text = write.get();
        targets = targetsBefore;
        returns = returnsBefore;
        tries = triesBefore;
        return text;
    }

    /** Runs within something that can be left by a jump. */
    String within(Target target, Supplier<String> write) {
        targets.add(target);
        String text = scoped(write);
        targets.remove(targets.size() - 1);
        return text;
    }

    /** Forgets the variables that are declared meanwhile. */
    String scoped(Supplier<String> write) {
        int size = variables.size();
        String text = write.get();
        variables.subList(size, variables.size()).clear();
        return text;
    }

    List<Target> targets() {
        return targets;
    }

    void declare(Object type, String name, Use use) {
        variables.add(new Variable(type.toString(), name, use));
    }

    Stream<Variable> variables(Object type) {
        return variables.stream().filter(variable -> variable.type().equals(type.toString()));
    }

    List<Variable> variables() {
        return variables;
    }
}
