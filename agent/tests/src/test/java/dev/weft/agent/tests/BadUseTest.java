package dev.weft.agent.tests;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.*;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bad use fails at once, and the message names who did it, where, and what to do instead. */
@Tag("built")
class BadUseTest {
    private static final String PROGRAMS = "dev.weft.agent.tests.BadUsePrograms";

    @Test
    void sleepOutsideACoroutine() {
        Throwable failure = catchThrowable(() -> BadUsePrograms.outsideACoroutine());
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage())
                .contains("sleep", PROGRAMS + ".outsideACoroutine", line("outsideACoroutine"), "@Async");
    }

    @Test
    void suspensionThroughAPlainMethod() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.throughPlainCode()));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage()).contains("suspends", PROGRAMS + ".plain", line("plain"), "@Async");
    }

    @Test
    void suspensionBelowForEach() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.belowForEach()));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage())
                .contains("suspends", PROGRAMS + ".lambda$belowForEach$", line("belowForEach"), "loop");
    }

    @Test
    void suspensionBelowForEachOfAMethodReference() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.belowForEachOfAMethodReference()));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage())
                .contains(
                        "suspends",
                        "forEach",
                        PROGRAMS + ".belowForEachOfAMethodReference",
                        line("belowForEachOfAMethodReference"),
                        "loop");
    }

    @Test
    void suspensionBelowAStream() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.belowAStream()));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage())
                .contains("suspends", PROGRAMS + ".lambda$belowAStream$", line("belowAStream"), "loop");
    }

    @Test
    void suspensionBelowReflection() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.byReflection()));
        assertThat(failure).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(rootCause(failure).getMessage())
                .contains("suspends", PROGRAMS + ".byReflection(" + line("byReflection"), "reflection");
    }

    @Test
    void runInsideARunningLoop() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.runInsideARunningLoop()));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage())
                .contains(
                        "running", PROGRAMS + ".runInsideARunningLoop(" + line("runInsideARunningLoop"), "createTask");
    }

    @Test
    void runInsideARunningLoopAfterASuspension() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.runAfterASuspension()));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage())
                .contains(PROGRAMS + ".runAfterASuspension(" + line("runAfterASuspension"), "createTask");
    }

    @Test
    void suspensionInASynchronizedBlock() {
        BadUsePrograms.Locking locking = new BadUsePrograms.Locking();
        Throwable failure = catchThrowable(() -> run(() -> locking.inASynchronizedBlock()));
        assertThat(failure).isInstanceOf(UnsupportedSuspensionError.class);
        assertThat(failure.getMessage())
                .contains(
                        "BadUsePrograms$Locking", "inASynchronizedBlock", line("inASynchronizedBlock"), "synchronized");
    }

    @Test
    void suspensionInASynchronizedMethod() {
        BadUsePrograms.Locking locking = new BadUsePrograms.Locking();
        Throwable failure = catchThrowable(() -> run(() -> locking.inASynchronizedMethod()));
        assertThat(failure).isInstanceOf(UnsupportedSuspensionError.class);
        assertThat(failure.getMessage())
                .contains(
                        "BadUsePrograms$Locking",
                        "inASynchronizedMethod",
                        line("inASynchronizedMethod"),
                        "synchronized");
    }

    @Test
    void aRefusedMethodThrowsWhoeverCallsIt() {
        BadUsePrograms.Locking locking = new BadUsePrograms.Locking();
        assertThat(catchThrowable(() -> locking.inASynchronizedMethod()))
                .isInstanceOf(UnsupportedSuspensionError.class);
    }

    @Test
    void theRestOfAClassWithRefusedMethodsWorks() {
        BadUsePrograms.Locking locking = new BadUsePrograms.Locking();
        assertThat(run(() -> locking.besideASynchronizedBlock())).isEqualTo(1);
    }

    @Test
    void suspensionInAConstructor() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.inAConstructor()));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage())
                .contains("suspends", "BadUsePrograms$Slow.<init>", line("inAConstructor"), "factory");
    }

    @Test
    void suspensionInConstructorArguments() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.inConstructorArguments()));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage())
                .contains("suspends", "BadUsePrograms$Derived.<init>", line("inConstructorArguments"), "factory");
    }

    @Test
    void suspensionInAStaticInitialiser() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.inAStaticInitialiser()));
        assertThat(failure).isInstanceOf(ExceptionInInitializerError.class);
        assertThat(failure.getCause()).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getCause().getMessage())
                .contains("suspends", "BadUsePrograms$Initialised.<clinit>", line("inAStaticInitialiser"), "@Async");
    }

    @Test
    void resultOfAPendingTask() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.resultOfAPendingTask()));
        assertThat(failure).isInstanceOf(InvalidStateException.class);
        assertThat(failure.getMessage()).contains("slow one", "await");
    }

    @Test
    void aTaskThatAwaitsItself() {
        Throwable failure = catchThrowable(() -> run(() -> BadUsePrograms.awaitsItself()));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.getMessage()).contains("Task-1", "itself");
        assertThat(failure.getStackTrace())
                .anySatisfy(frame -> assertThat(frame.toString()).contains("BadUsePrograms", line("awaitsItself")));
    }

    @Test
    void aClosedLoop() {
        EventLoop loop = EventLoop.create();
        loop.close();
        List<Throwable> failures = List.of(
                catchThrowable(() -> loop.runUntilComplete(() -> BadUsePrograms.suspends(1))),
                catchThrowable(() -> loop.runForever()),
                catchThrowable(() -> loop.createTask(() -> BadUsePrograms.suspends(1))),
                catchThrowable(() -> loop.submit(() -> BadUsePrograms.suspends(1))),
                catchThrowable(() -> loop.callSoon(() -> {})),
                catchThrowable(() -> loop.callLater(java.time.Duration.ZERO, () -> {})),
                catchThrowable(() -> loop.callSoonThreadsafe(() -> {})));
        assertThat(failures).allSatisfy(failure -> {
            assertThat(failure).isInstanceOf(IllegalStateException.class);
            assertThat(failure.getMessage()).containsIgnoringCase("closed");
        });
        loop.close(); // closing twice is no mistake
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The place of a marked line as a stack trace writes it: {@code BadUsePrograms.java:42}. */
    private static String line(String culprit) {
        Path source = Path.of("src", "test", "java", "dev", "weft", "agent", "tests", "BadUsePrograms.java");
        try {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).endsWith("// culprit: " + culprit)) {
                    return "BadUsePrograms.java:" + (i + 1);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no line is marked " + culprit);
    }
}
