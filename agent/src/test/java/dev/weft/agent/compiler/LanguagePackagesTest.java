package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LanguagePackagesTest {
    @Test
    void areThoseOfTheProducts() {
        LanguagePackages languages = new LanguagePackages(AsyncSelection.NONE);
        assertThat(languages.contain("kotlin/collections/CollectionsKt")).isTrue();
        assertThat(languages.contain("org/jetbrains/kotlin/cli/jvm/K2JVMCompiler"))
                .isTrue();
        assertThat(languages.contain("scala/Function1")).isTrue();
        assertThat(languages.contain("org/jetbrains/exposed/Table")).isFalse();
        assertThat(languages.contain("org/example/kotlin/Main")).isFalse();
    }

    @Test
    void areLookedAtOnceSomeOfThemAreSelected() {
        LanguagePackages languages = new LanguagePackages(new AsyncSelection(List.of("kotlin.text.**")));
        assertThat(languages.contain("kotlin/collections/CollectionsKt")).isFalse();
        assertThat(languages.contain("scala/Function1")).isTrue();
    }
}
