package dev.weft;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which variables have which values. Immutable, so that copying a context is sharing a reference.
 *
 * <p>One array: a variable, its value, the next variable and so on, sorted by the variables' numbers. Programs have few
 * variables, and set them far less often than they start tasks.
 */
final class Bindings {
    static final Bindings NONE = new Bindings(new Object[0]);

    private final @Nullable Object[] pairs;

    private Bindings(@Nullable Object[] pairs) {
        this.pairs = pairs;
    }

    boolean isEmpty() {
        return pairs.length == 0;
    }

    int size() {
        return pairs.length / 2;
    }

    @Nullable
    Object get(ContextVar<?> variable, @Nullable Object absent) {
        int at = indexOf(variable);
        return at < 0 ? absent : pairs[at + 1];
    }

    boolean contains(ContextVar<?> variable) {
        return indexOf(variable) >= 0;
    }

    Bindings with(ContextVar<?> variable, @Nullable Object value) {
        int at = indexOf(variable);
        if (at >= 0) {
            @Nullable Object[] changed = pairs.clone();
            changed[at + 1] = value;
            return new Bindings(changed);
        }
        int place = -at - 1;
        @Nullable Object[] longer = Arrays.copyOf(pairs, pairs.length + 2);
        System.arraycopy(pairs, place, longer, place + 2, pairs.length - place);
        longer[place] = variable;
        longer[place + 1] = value;
        return new Bindings(longer);
    }

    Bindings without(ContextVar<?> variable) {
        int at = indexOf(variable);
        if (at < 0) {
            return this;
        }
        @Nullable Object[] shorter = Arrays.copyOf(pairs, pairs.length - 2);
        System.arraycopy(pairs, at + 2, shorter, at, shorter.length - at);
        return shorter.length == 0 ? NONE : new Bindings(shorter);
    }

    /** In order of their creation. */
    Set<ContextVar<?>> variables() {
        LinkedHashSet<ContextVar<?>> variables = new LinkedHashSet<>();
        for (int i = 0; i < pairs.length; i += 2) {
            variables.add(variableAt(i));
        }
        return variables;
    }

    /** The index of the variable, or else the index where it belongs, less one and negative. */
    private int indexOf(ContextVar<?> variable) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int difference = Integer.compare(variableAt(2 * middle).number, variable.number);
            if (difference == 0) {
                return 2 * middle;
            }
            if (difference < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -(2 * low) - 1;
    }

    @SuppressWarnings("NullAway") // only values may be null
    private ContextVar<?> variableAt(int index) {
        return (ContextVar<?>) pairs[index];
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ", ")
                    .append(variableAt(i).name())
                    .append('=')
                    .append(pairs[i + 1]);
        }
        return text.toString();
    }
}
