package dev.weft.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Signals and the standard input, in JVMs of their own. */
@EnabledOnOs(OS.LINUX)
class SignalTest {
    private static final int ENDED_BY_CTRL_C = 130;

    private static ChildJvm program(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--default-signal=INT,HUP,TERM"));
        arguments.addAll(command(name, options));
        return ChildJvm.run(Path.of(""), "env", arguments);
    }

    private static List<String> command(String name, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(ChildJvm.agentOption());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SignalPrograms.class.getName(), name));
        return command;
    }

    @Test
    void callbacksRunOnTheLoopUntilTheyAreRemoved() {
        ChildJvm jvm = program("callbacks");
        assertThat(jvm.output().lines())
                .containsExactly("USR1 on main, 1", "HUP, 2", "USR1 replaced, 3", "true", "false");
        assertThat(jvm.status()).isZero();
    }

    @Test
    void aFailureOfACallbackIsReported() {
        ChildJvm jvm = program("failure");
        assertThat(jvm.output().lines().toList())
                .hasSize(1)
                .allMatch(line -> line.startsWith("java.lang.IllegalStateException: boom in <Handle of USR1 "));
        assertThat(jvm.status()).isZero();
    }

    @Test
    void terminationCanBeHandled() {
        ChildJvm jvm = program("terminate");
        assertThat(jvm.output().lines()).containsExactly("asked to end", "end of main");
        assertThat(jvm.status()).isZero();
    }

    @Test
    void afterTheLoopTheJvmHandlesItAgain() {
        ChildJvm jvm = program("closed");
        assertThat(jvm.output().lines()).containsExactly("INT handled");
        assertThat(jvm.status()).isEqualTo(ENDED_BY_CTRL_C);
    }

    @Test
    void ctrlCCancelsTheProgramAgainWhenItsCallbackIsRemoved() {
        ChildJvm jvm = program("removed");
        assertThat(jvm.output().lines()).containsExactly("INT handled", "cancelled");
        assertThat(jvm.status()).isEqualTo(ENDED_BY_CTRL_C);
    }

    @Test
    void theLastLoopThatWantsItGetsIt() {
        ChildJvm jvm = program("loops");
        assertThat(jvm.output().lines()).containsExactly("second", "first");
        assertThat(jvm.status()).isZero();
    }

    @Test
    void reservedAndUnknownSignalsAreRefused() {
        ChildJvm jvm = program("refused");
        assertThat(jvm.output().lines().toList())
                .hasSize(6)
                .allMatch(line -> line.startsWith("IllegalArgumentException: The signal "))
                .allMatch(line -> line.contains(" cannot be handled: "));
        assertThat(jvm.status()).isZero();
    }

    @Test
    void aJvmThatWasToldToLeaveThemRefusesThemAll() {
        ChildJvm jvm = program("term", "-Xrs");
        assertThat(jvm.output())
                .startsWith("IllegalArgumentException: The signal TERM ")
                .contains("-Xrs");
        assertThat(jvm.status()).isZero();
    }

    @Test
    void withoutTheirModuleThereAreNone() {
        ChildJvm jvm = program("term", "--limit-modules", "java.base,java.instrument,java.logging,java.management");
        assertThat(jvm.output())
                .startsWith("UnsupportedOperationException: ")
                .contains("--add-modules jdk.unsupported");
        assertThat(jvm.status()).isZero();
    }

    @Test
    void theStandardInputIsAStream() {
        String java = String.join("' '", command("input"));
        ChildJvm jvm = ChildJvm.run(Path.of(""), "sh", List.of("-c", "printf 'one\\ntwo\\nthree' | '" + java + "'"));
        assertThat(jvm.output().lines()).containsExactly("first loop: one", "second loop: two", "second loop: three");
        assertThat(jvm.status()).isZero();
    }
}
