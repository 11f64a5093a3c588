package dev.weft.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ctrl-C, in JVMs of their own. */
@EnabledOnOs(OS.LINUX)
class InterruptTest {
    private static final int ENDED_BY_CTRL_C = 130;

    /** A JVM that is interrupted by Ctrl-C, even if this one is not, as when its build runs in the background. */
    private static ChildJvm program(String name) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return ChildJvm.run(
                Path.of(""),
                "env",
                List.of(
                        "--default-signal=INT",
                        java,
                        ChildJvm.agentOption(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InterruptPrograms.class.getName(),
                        name));
    }

    @Test
    void interruptWait() {
        ChildJvm jvm = program("wait");
        assertThat(jvm.output().lines())
                .containsExactly("main task cleaned up, other task not done", "other task cleaned up", "shutdown hook");
        assertThat(jvm.status()).isEqualTo(ENDED_BY_CTRL_C);
    }

    @Test
    void interruptCallSoon() {
        ChildJvm jvm = program("callSoon");
        assertThat(jvm.output().lines()).containsExactly("shutdown hook");
        assertThat(jvm.status()).isEqualTo(ENDED_BY_CTRL_C);
    }

    @Test
    void interruptCancelledTask() {
        ChildJvm jvm = program("cancelled");
        assertThat(jvm.output().lines())
                .containsExactly("CancelledError: for another reason", "end of main", "shutdown hook");
        assertThat(jvm.status()).isZero();
    }

    @Test
    void theMainTaskMayCatchItAndReturn() {
        ChildJvm jvm = program("catch");
        assertThat(jvm.output().lines())
                .containsExactly("caught: The program was interrupted.", "end of main", "shutdown hook");
        assertThat(jvm.status()).isZero();
    }

    @Test
    void theSecondInterruptEndsTheProgramAtOnce() {
        ChildJvm jvm = program("twice");
        assertThat(jvm.output().lines()).startsWith("ignored 0").endsWith("shutdown hook");
        assertThat(jvm.status()).isEqualTo(ENDED_BY_CTRL_C);
    }

    @Test
    void theProgramsOwnHandlerStays() {
        ChildJvm jvm = program("handled");
        assertThat(jvm.output().lines())
                .containsExactly("own handler", "main task not cancelled", "end of main", "shutdown hook");
        assertThat(jvm.status()).isZero();
    }

    @Test
    void programsOnOtherThreadsHaveNoClaimToIt() {
        ChildJvm jvm = program("otherThread");
        assertThat(jvm.output().lines()).containsExactly("shutdown hook");
        assertThat(jvm.status()).isEqualTo(ENDED_BY_CTRL_C);
    }

    @Test
    void afterTheProgramTheJvmHandlesItAgain() {
        ChildJvm jvm = program("after");
        assertThat(jvm.output().lines()).containsExactly("shutdown hook");
        assertThat(jvm.status()).isEqualTo(ENDED_BY_CTRL_C);
    }
}
