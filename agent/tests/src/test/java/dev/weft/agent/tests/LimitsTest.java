package dev.weft.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Large numbers in small heaps and stacks: nothing may pile up that the program does not hold itself. */
class LimitsTest {
    @Test
    void awaitsOfTasksTakeNoMemory() {
        assertThat(result("awaitsOfTasks", "-Xmx24m")).isEqualTo("10000000");
    }

    @Test
    void sleepsOfZeroTakeNoMemory() {
        assertThat(result("sleepsOfZero", "-Xmx24m")).isEqualTo("10000000");
    }

    @Test
    void awaitsOfACompletedFutureTakeNoStack() {
        assertThat(result("awaitsOfACompletedFuture", "-Xmx24m", "-Xss512k")).isEqualTo("10000000");
    }

    @Test
    void recursionSuspendsAtItsBottomAndOnItsWayUp() {
        assertThat(result("deepRecursion", "-Xmx64m")).isEqualTo("3000");
    }

    @Test
    void recursionIsAsDeepAsTheStackPermits() {
        assertThat(result("completedRecursion", "-Xmx64m", "-Xss256m")).isEqualTo("200000");
        assertThat(result("deeperRecursion", "-Xmx128m", "-Xss256m")).isEqualTo("100000");
    }

    @Test
    void aLongChainOfTasksFinishesWithoutRecursion() {
        assertThat(result("chainThatFinishes", "-Xmx256m", "-Xss512k")).isEqualTo("200000");
    }

    @Test
    void cancellingTheLastOfALongChainReachesTheFirstWithoutRecursion() {
        assertThat(result("chainThatIsCancelled", "-Xmx256m", "-Xss512k")).isEqualTo("200001 cancelled");
    }

    @Test
    void aSuspendedMethodKeepsOnlyWhatItStillNeeds() {
        assertThat(result("deadLocals", "-Xmx64m")).isEqualTo("[true, true, true] [false] 4");
    }

    @Test
    void parkedTasksFitIntoASmallHeap() {
        assertThat(result("parkedTasks", "-Xmx192m")).isEqualTo("300000 parked, 300000 cancelled, 0 left");
    }

    private static String result(String program, String... options) {
        ChildJvm child = ChildJvm.withAgent(LimitsPrograms.class, List.of(options), program);
        assertThat(child.status()).as(child.output()).isZero();
        String[] lines = child.output().strip().split("\\R");
        return Arrays.asList(lines).get(lines.length - 1);
    }
}
