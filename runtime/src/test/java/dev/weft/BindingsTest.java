package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random changes of bindings, against a map that is copied each time. */
class BindingsTest {
    private static final int STEPS = 3000;

    private record Version(Bindings bindings, Map<ContextVar<?>, Object> expected) {}

    @Test
    void eachVersionStaysWhatItWas() {
        long seed = 20;
        Random random = new Random(seed);
        List<ContextVar<?>> variables = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            variables.add(ContextVar.named("v" + i));
        }
        Collections.shuffle(variables, random);
        List<Version> versions = new ArrayList<>();
        versions.add(new Version(Bindings.NONE, Map.of()));
        for (int step = 0; step < STEPS; step++) {
            Version from = versions.get(random.nextInt(versions.size()));
            ContextVar<?> variable = variables.get(random.nextInt(variables.size()));
            versions.add(random.nextInt(3) == 0 ? without(from, variable) : with(from, variable, step));
        }
        for (Version version : versions) {
            assertThat(version.bindings().size())
                    .as("seed %d", seed)
                    .isEqualTo(version.expected().size());
            assertThat(version.bindings().isEmpty())
                    .isEqualTo(version.expected().isEmpty());
            for (ContextVar<?> variable : variables) {
                Object value = version.bindings().get(variable, "absent");
                assertThat(value)
                        .as("seed %d", seed)
                        .isEqualTo(version.expected().getOrDefault(variable, "absent"));
                assertThat(version.bindings().contains(variable))
                        .isEqualTo(version.expected().containsKey(variable));
            }
            assertThat(version.bindings().variables())
                    .containsExactlyInAnyOrderElementsOf(version.expected().keySet());
        }
    }

    private static Version with(Version from, ContextVar<?> variable, int value) {
        Map<ContextVar<?>, Object> expected = new HashMap<>(from.expected());
        expected.put(variable, value);
        return new Version(from.bindings().with(variable, value), expected);
    }

    private static Version without(Version from, ContextVar<?> variable) {
        Map<ContextVar<?>, Object> expected = new HashMap<>(from.expected());
        expected.remove(variable);
        return new Version(from.bindings().without(variable), expected);
    }
}
