package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncSelectionTest {
    @Test
    void classNameSelectsItsNestedClassesToo() {
        AsyncSelection selection = new AsyncSelection(List.of("com.acme.Foo"));

        assertThat(selection.contains("com/acme/Foo")).isTrue();
        assertThat(selection.contains("com/acme/Foo$Bar")).isTrue();
        assertThat(selection.contains("com/acme/Foot")).isFalse();
        assertThat(selection.contains("com/acme/Foo/Bar")).isFalse();
    }

    @Test
    void oneStarSelectsOnePackage() {
        AsyncSelection selection = new AsyncSelection(List.of("com.acme.*"));

        assertThat(selection.contains("com/acme/Foo")).isTrue();
        assertThat(selection.contains("com/acme/deep/Foo")).isFalse();
        assertThat(selection.contains("com/acmes/Foo")).isFalse();
    }

    @Test
    void twoStarsSelectAllPackagesBelow() {
        AsyncSelection selection = new AsyncSelection(List.of("com.acme.**"));

        assertThat(selection.contains("com/acme/Foo")).isTrue();
        assertThat(selection.contains("com/acme/deep/down/Foo")).isTrue();
        assertThat(selection.contains("com/acmes/Foo")).isFalse();
    }

    @Test
    void severalPatternsAddUp() {
        AsyncSelection selection = new AsyncSelection(List.of("com.acme.Foo", " org.example.* "));

        assertThat(selection.contains("com/acme/Foo")).isTrue();
        assertThat(selection.contains("org/example/Bar")).isTrue();
        assertThat(selection.contains("com/acme/Bar")).isFalse();
    }

    @Test
    void nothingIsSelectedByDefault() {
        assertThat(AsyncSelection.NONE.isEmpty()).isTrue();
        assertThat(AsyncSelection.NONE.contains("com/acme/Foo")).isFalse();
        assertThat(AsyncSelection.NONE.mayContain("com/")).isFalse();
        assertThat(new AsyncSelection(List.of("com.acme.*")).isEmpty()).isFalse();
    }

    @Test
    void prefixMayContainWhatLiesAboveOrBelow() {
        AsyncSelection selection = new AsyncSelection(List.of("org.apache.commons.**"));

        assertThat(selection.mayContain("org/apache/")).isTrue();
        assertThat(selection.mayContain("org/apache/commons/io/")).isTrue();
        assertThat(selection.mayContain("org/eclipse/")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "**", "com.*.Foo", "com.acme.Foo*", "com.acme.***", "com.*.*"})
    void otherStarsAreRejected(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AsyncSelection(List.of(pattern)))
                .withMessage("async=" + pattern
                        + ": expected a class name, a.package.* or a.package.** (every package below)");
    }
}
