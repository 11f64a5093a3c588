package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who waits for whom. */
class CallGraphTest {
    private final List<CallGraph> graphs = new ArrayList<>();

    /** A graph as text: the task's name, its own methods of this class, and in brackets those that wait for it. */
    private static String brief(CallGraph graph) {
        List<String> calls = graph.callStack().stream()
                .filter(call -> call.getClassName().equals(CallGraphTest.class.getName()))
                .map(StackTraceElement::getMethodName)
                .filter(method -> !method.startsWith("lambda$"))
                .toList();
        String name = graph.future() instanceof Task<?> task ? task.name() : "Future";
        return name
                + calls
                + graph.awaitedBy().stream().map(CallGraphTest::brief).toList();
    }

    @Async
    private void deep() {
        sleep(Duration.ZERO);
        graphs.add(CallGraph.capture());
    }

    @Async
    private void middle() {
        sleep(Duration.ZERO);
        deep();
    }

    private void run(AsyncRunnable main) {
        TestLoop.run(() -> {
            currentTask().setName("main");
            main.run();
        });
    }

    private void expect(String... expected) {
        assertThat(graphs.stream().map(CallGraphTest::brief)).containsExactly(expected);
    }

    @Async
    private void group() {
        taskGroup(group -> {
            group.createTask("c1", () -> middle());
            group.createTask("c2", () -> deep());
            sleep(ms(1));
        });
    }

    @Test
    void stackTgroup() {
        run(() -> group());
        expect("c2[deep][main[group][]]", "c1[deep, middle][main[group][]]");
        assertThat(graphs.get(0).awaitedBy().get(0).callStack())
                .extracting(StackTraceElement::getMethodName)
                .contains("taskGroup");
    }

    @Async
    private void gathering() {
        gather(() -> middle(), () -> sleep(ms(1)));
    }

    @Test
    void stackGather() {
        run(() -> gathering());
        expect("Task-2[deep, middle][main[gathering][]]");
    }

    @Async
    private void shielding() {
        shield(createTask("inner", () -> deep()));
    }

    @Test
    void stackShield() {
        run(() -> shielding());
        expect("inner[deep][main[shielding][]]");
    }

    @Async
    private void waiting() {
        waitUntil(ALL_COMPLETED, createTask("first", () -> deep()), createTask("second", () -> middle()));
    }

    @Test
    void stackWait() {
        run(() -> waiting());
        expect("first[deep][main[waiting][]]", "second[deep, middle][main[waiting][]]");
    }

    @Async
    private void awaiting() {
        await(createTask("inner", () -> deep()));
    }

    @Test
    void stackTask() {
        run(() -> {
            Task<Void> outer = createTask("outer", () -> awaiting());
            await(outer);
        });
        expect("inner[deep][outer[awaiting][main[][]]]");
    }

    @Async
    private void awaiting(AsyncFuture<Integer> future) {
        await(future);
    }

    @Test
    void stackFuture() {
        run(() -> {
            AsyncFuture<Integer> future = EventLoop.running().createFuture();
            Task<Void> first = createTask("first", () -> awaiting(future));
            Task<Void> second = createTask("second", () -> awaiting(future));
            sleep(Duration.ZERO);
            graphs.add(CallGraph.capture(future));
            future.setResult(1);
            gather(first, second);
        });
        expect("Future[][first[awaiting][], second[awaiting][]]");
    }

    @Test
    void otherWaysToWait() {
        run(() -> {
            race(List.of(createTask(() -> deep())));
            for (Awaitable<Void> next : asCompleted(List.of(createTask(() -> deep())))) {
                await(next);
            }
            timeout(ms(5), () -> await(createTask(() -> deep())));
            waitFor(createTask(() -> deep()), ms(5));
        });
        assertThat(graphs)
                .hasSize(4)
                .allSatisfy(graph -> assertThat(brief(graph)).matches("Task-\\d+\\[deep]\\[main\\[]\\[]]"));
    }

    @Test
    void severalWaysLeadToOneTaskOnlyOnce() {
        run(() -> {
            Task<Void> shared = createTask("shared", () -> deep());
            gather(shared, shield2(shared));
        });
        expect("shared[deep][main[][], shield[][main[][]]]");
    }

    @Async
    private Task<Void> shield2(Task<Void> task) {
        return createTask("shield", () -> shield(task));
    }

    @Test
    void noTaskNoGraph() {
        TestLoop test = new TestLoop();
        test.loop.callSoon(() -> graphs.add(CallGraph.capture()));
        test.iterate(1);
        test.close();
        assertThat(graphs).containsExactly((CallGraph) null);
        assertThatThrownBy(CallGraph::capture).hasMessageContaining("no running event loop");
    }

    @Test
    void layout() {
        run(() -> awaiting());
        assertThat(graphs.get(0).format().replaceAll("\\(CallGraphTest\\.java:\\d+\\)", "(line)"))
                .startsWith(String.join(
                        System.lineSeparator(),
                        "* Task(name='inner')",
                        "  + Call stack:",
                        "  |   at dev.weft.CallGraphTest.deep(line)",
                        ""))
                .contains(String.join(
                        System.lineSeparator(),
                        "  + Awaited by:",
                        "    * Task(name='main')",
                        "      + Call stack:",
                        "      |   at dev.weft.CallGraphTest.awaiting(line)"));
        assertThat(graphs.get(0)).hasToString(graphs.get(0).format());
    }

    @Test
    void tasksThatWaitForEachOtherAreNamed() {
        TestLoop test = new TestLoop();
        Task<?>[] tasks = new Task<?>[3];
        test.complete(() -> {
            tasks[0] = createTask("a", () -> {
                tasks[1].await();
            });
            tasks[1] = createTask("b", () -> {
                gather(tasks[2]);
            });
            tasks[2] = createTask("c", () -> {
                tasks[0].await();
            });
            createTask("outside", () -> {
                tasks[0].await();
            });
            sleep(ms(1));
        });
        assertThat(brief(CallGraph.capture(tasks[0]))).isEqualTo("a[][c[][b[][a[][]]], outside[][]]");
        assertThat(test.loop.describeTasks())
                .contains("* Task(name='a')", "  + Awaited by: c, outside")
                .endsWith("These tasks wait for each other: a waits for b waits for c waits for a"
                        + System.lineSeparator());
        test.close();
    }

    @Test
    void otherThreadsMayAsk() throws Exception {
        EventLoop loop = EventLoop.create();
        Thread runner = new Thread(loop::runForever);
        runner.start();
        AsyncFuture<Integer>[] future = newFutureHolder();
        loop.submit(() -> {
                    future[0] = EventLoop.running().createFuture();
                    createTask("waiting", () -> awaiting(future[0]));
                    sleep(ms(1));
                })
                .get();
        assertThat(loop.allTasks()).extracting(Task::name).containsExactly("waiting");
        assertThat(brief(CallGraph.capture(future[0]))).isEqualTo("Future[][waiting[awaiting][]]");
        loop.execute(() -> future[0].setResult(1));
        while (!loop.allTasks().isEmpty()) {
            Thread.onSpinWait();
        }
        loop.stop();
        runner.join();
        loop.close();
    }

    @SuppressWarnings("unchecked")
    private static AsyncFuture<Integer>[] newFutureHolder() {
        return (AsyncFuture<Integer>[]) new AsyncFuture<?>[1];
    }

    @Async
    private static void blockedBy(CountDownLatch begun, CountDownLatch goOn) throws InterruptedException {
        sleep(Duration.ZERO);
        begun.countDown();
        goOn.await();
    }

    @Test
    void aBlockedLoopCanBeAskedToo() throws Exception {
        EventLoop loop = EventLoop.create();
        Thread runner = new Thread(loop::runForever);
        runner.start();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        loop.submit(() -> {
            createTask("sleeping", () -> sleep(Duration.ofMinutes(10)));
            currentTask().setName("blocking");
            blockedBy(begun, goOn);
        });
        begun.await();
        String tasks = loop.describeTasks();
        goOn.countDown();
        assertThat(tasks)
                .containsSubsequence(
                        "* Task(name='blocking')",
                        "CountDownLatch.await(",
                        "CallGraphTest.blockedBy(",
                        "* Task(name='sleeping')");
        loop.stop();
        runner.join();
        loop.setExceptionHandler((source, error) -> {}); // of the task that never ended
        loop.close();
    }
}
