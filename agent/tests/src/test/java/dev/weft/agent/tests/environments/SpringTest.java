package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.tests.ChildJvm;
import example.SpringProgram;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Suspending methods of Spring's beans: of plain ones, and behind its proxies; shapes 65 and 66. */
class SpringTest {
    private static Map<String, String> printed;

    @BeforeAll
    static void runTheProgram() {
        ChildJvm child = ChildJvm.withAgent(SpringProgram.class, List.of());
        assertThat(child.status()).as(child.output()).isZero();
        printed = child.output()
                .lines()
                .filter(line -> line.contains(": "))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(": ")),
                        line -> line.substring(line.indexOf(": ") + 2),
                        (first, second) -> first + second));
    }

    @Test
    void enhancedConfigurationClassesSuspend() {
        assertThat(printed)
                .containsEntry("configuration class is enhanced", "true")
                .containsEntry("its beans are single", "true")
                .containsEntry("its own coroutine", "coffee 6, 1");
    }

    @Test
    void beansSuspendWhereNoAdviceIsInBetween() {
        assertThat(printed)
                .containsEntry("bean", "tea 3")
                .containsEntry("method without advice of a frozen proxy", "tea 3");
    }

    @Test
    void adviceSeesThePlainMethodOnce() {
        assertThat(printed).containsEntry("advised method that does not suspend", "3 [stock]");
        assertThat(printed).containsEntry("interface proxy that does not suspend", "3");
    }

    @Test
    void aSuspensionBelowAProxyThatUsesReflectionFailsAndSaysSo() {
        String reason = " by reflection, and so could not be resumed";
        assertThat(printed.get("advised method that suspends fails"))
                .contains("Shop.order cannot suspend here", reason);
        assertThat(printed.get("interface proxy that suspends fails")).contains("Shop.order cannot suspend", reason);
        // Spring calls all methods of a proxy by reflection unless it is frozen
        assertThat(printed.get("method without advice fails")).contains("Shop.price cannot suspend here", reason);
    }

    @Test
    void frameworksFindEachAnnotatedMethodOnce() {
        assertThat(printed)
                .containsEntry("listener was called", "[event]")
                .containsEntry("annotated methods", "[on]")
                .containsEntry("annotated methods of the proxy", "[on]")
                .containsEntry("methods of the interface", "[get, order, price, stock]")
                .containsEntry("bridges", "true");
    }
}
