package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered and logged in debug mode. */
class DebugModeTest {
    private static final Logger LOGGER = Logger.getLogger("dev.weft");

    private final TestLoop test = new TestLoop();
    private final EventLoop loop = test.loop;
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    @Async
    private static Task<Void> creator() {
        sleep(ms(1));
        return createTask("child", () -> sleep(ms(1)));
    }

    @Async
    private static Task<Void> caller() {
        return creator();
    }

    @Test
    void tasksKnowWhereTheyWereCreated() {
        loop.setDebug(true);
        test.complete(() -> {
            Task<Void> child = caller();
            assertThat(child.toString()).matches(".* created at DebugModeTest\\.java:\\d+>");
            assertThat(new LoopError("", null, child).creationStack())
                    .extracting(StackTraceElement::getMethodName)
                    .startsWith("creator", "caller");
            await(child);
        });
    }

    @Test
    void theCallersAreThoseThatWaitEvenIfAMethodCallsItself() {
        loop.setDebug(true);
        test.complete(() -> {
            List<StackTraceElement> creation = new LoopError("", null, recursive(3)).creationStack();
            assertThat(creation.stream()
                            .filter(element -> element.getMethodName().equals("recursive")))
                    .hasSize(2);
        });
    }

    @Async
    private static Task<Void> recursive(int depth) {
        if (depth > 0) {
            Task<Void> created = recursive(depth - 1);
            sleep(Duration.ZERO);
            return depth == 2 ? createTask(() -> sleep(Duration.ZERO)) : created;
        }
        sleep(Duration.ZERO);
        return currentTaskForTest();
    }

    @SuppressWarnings("unchecked")
    private static Task<Void> currentTaskForTest() {
        return (Task<Void>) currentTask();
    }

    @Test
    void futuresAndHandlesKnowWhereTheyWereCreated() {
        loop.setDebug(true);
        List<Object> sources = List.of(
                loop.createFuture(),
                loop.callSoon(() -> {}),
                loop.callLater(ms(1), () -> {}),
                loop.callSoonThreadsafe(() -> {}));
        assertThat(sources).allSatisfy(source -> {
            assertThat(source.toString()).matches(".* created at DebugModeTest\\.java:\\d+>");
            assertThat(new LoopError("", null, source).creationStack().get(0).getMethodName())
                    .isEqualTo("futuresAndHandlesKnowWhereTheyWereCreated");
        });
        loop.close();
    }

    @Test
    void withoutDebugModeNobodyKnows() {
        List<Object> sources =
                List.of(loop.createFuture(), loop.callSoon(() -> {}), loop.createTask(() -> {}), "something else");
        assertThat(sources).allSatisfy(source -> {
            assertThat(source.toString()).doesNotContain("created");
            assertThat(new LoopError("", null, source).creationStack()).isEmpty();
        });
        test.iterate(1);
    }

    @Test
    void reportsTellWhereTheSourceWasCreated() {
        loop.setDebug(true);
        loop.callSoon(() -> {
            throw new IllegalArgumentException();
        });
        test.iterate(1);
        test.complete(() -> {
            createTask("failing", () -> {
                throw new ArithmeticException();
            });
            createTask("pending", () -> sleep(ms(1)));
            sleep(Duration.ZERO);
        });
        loop.close();
        assertThat(test.errors)
                .extracting(LoopError::message)
                .contains("Task exception was never retrieved", "Task was destroyed but it is pending!");
        assertThat(test.errors)
                .hasSize(3)
                .allSatisfy(error -> assertThat(error.describe().lines().dropWhile(line -> !line.equals("created:")))
                        .hasSizeGreaterThan(1)
                        .element(1)
                        .asString()
                        .contains("at dev.weft.DebugModeTest"));
    }

    @Test
    void logSlowCallbacks() {
        loop.setDebug(true);
        loop.setSlowCallbackDuration(ms(100));
        loop.callSoon(() -> test.time.advance(99_000_000));
        loop.callSoon(() -> test.time.advance(100_000_000));
        test.iterate(1);
        assertThat(logged)
                .singleElement()
                .asString()
                .startsWith("Executing <Handle lambda in dev.weft.DebugModeTest created at DebugModeTest.java:")
                .endsWith("took 0.100 seconds");
        test.complete(() -> {
            currentTask().setName("slow");
            test.time.advance(152_000_000);
        });
        assertThat(logged.get(1))
                .startsWith("Executing <Task finished name='slow'")
                .endsWith("took 0.152 seconds");
    }

    @Async
    private void blocking() throws InterruptedException {
        sleep(Duration.ZERO);
        for (int i = 0; i < 3_000 && loggedOf("java.lang.Thread.sleep").isEmpty(); i++) {
            Thread.sleep(10);
        }
    }

    private List<String> loggedOf(String text) {
        return logged.stream().filter(message -> message.contains(text)).toList();
    }

    @Test
    void aBlockedLoopIsReportedWhileItIsBlocked() {
        try (Runner runner = new Runner()) {
            EventLoop real = runner.loop();
            real.setWatchdog(true);
            real.setSlowCallbackDuration(ms(20));
            runner.run(() -> {
                currentTask().setName("stuck");
                callerOfBlocking();
            });
            assertThat(loggedOf("java.lang.Thread.sleep"))
                    .first()
                    .asString()
                    .matches("(?s)Executing <Task running name='stuck'> has taken \\d+\\.\\d{3} seconds, .*")
                    .containsSubsequence(
                            "Thread " + Thread.currentThread().getName() + " is",
                            "java.lang.Thread.sleep",
                            "DebugModeTest.blocking(",
                            "DebugModeTest.callerOfBlocking(")
                    .doesNotContain("Engine", "$resume");
            assertThat(loggedOf("'stuck'")).anyMatch(message -> message.matches("(?s).* took \\d+\\.\\d{3} seconds"));

            real.setWatchdog(false);
            int before = logged.size();
            runner.run(() -> Thread.sleep(40));
            assertThat(logged).hasSize(before);
        }
    }

    @Async
    private void callerOfBlocking() throws InterruptedException {
        blocking();
        sleep(Duration.ZERO);
    }

    @Test
    void systemPropertiesSwitchItOnInNewLoops() {
        System.setProperty("dev.weft.debug", "true");
        try (EventLoop created = EventLoop.create()) {
            assertThat(created.isDebug()).isTrue();
        } finally {
            System.clearProperty("dev.weft.debug");
        }
        System.setProperty("dev.weft.watchdog", "20");
        try (EventLoop created = EventLoop.create()) {
            assertThat(created.isDebug()).isFalse();
            created.runUntilComplete(() -> callerOfBlocking());
            assertThat(loggedOf("java.lang.Thread.sleep")).isNotEmpty();
        } finally {
            System.clearProperty("dev.weft.watchdog");
        }
    }

    @Test
    void runDebugIsInDebugMode() {
        List<Object> modes = new ArrayList<>();
        runDebug(() -> {
            modes.add(EventLoop.running().isDebug());
        });
        run(() -> {
            modes.add(EventLoop.running().isDebug());
        });
        assertThat(modes).containsExactly(true, false);
    }
}
