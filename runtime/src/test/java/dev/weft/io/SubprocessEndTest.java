package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.sleep;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncFuture;
import dev.weft.AsyncRunnable;
import dev.weft.Asyncio;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TestLoop;
import dev.weft.Thrown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How processes end, and that nothing is left of them. */
@EnabledOnOs(OS.LINUX)
class SubprocessEndTest {
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int AT_ONCE = 25; // in one loop

    /** How many are started one after the other; {@code -Dweft.subprocesses=5000} for more. */
    private static final int CHILDREN = Integer.getInteger("weft.subprocesses", 100);

    /** Waits for the end of a process that nobody else waits for. */
    private static void assertEnds(long pid) throws Exception {
        ProcessHandle.of(pid)
                .ifPresent(handle -> handle.onExit()
                        .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
                        .join());
    }

    private static List<Thread> pumps() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("weft-std(in|out|err)-\\d+"))
                .toList();
    }

    private static void assertPumpsEnd() throws InterruptedException {
        for (Thread pump : pumps()) {
            pump.join(LONG.toMillis());
            assertThat(pump.isAlive()).as(pump.getName()).isFalse();
        }
    }

    /** Pipes of this process. */
    private static long pipes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(SubprocessEndTest::isPipe).count();
        }
    }

    private static boolean isPipe(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("pipe:");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void closeKillRunning() throws Exception {
        Loopback.run(() -> {
            Subprocess sleeping = Subprocess.exec("sleep", "3600");
            sleeping.close();
            assertThat(sleeping.exitCode()).isEqualTo(KILLED);
            assertThat(sleeping.stdout().atEof()).isTrue();
            sleeping.close();
        });
        assertPumpsEnd();
    }

    @Test
    void closeDontKillFinished() {
        Loopback.run(() -> {
            Subprocess done = Subprocess.exec("echo", "there");
            await(done);
            while (done.stdout().available() < 6) {
                sleep(Duration.ofMillis(1));
            }
            done.close();
            assertThat(done.exitCode()).isZero();
            assertThat(done.stdout().readLine()).isEqualTo("there");
            assertThat(done.stdout().readLine()).isNull();
        });
    }

    @Test
    void readStdoutAfterProcessExit() {
        Loopback.run(() -> {
            try (Subprocess child = Subprocess.shell("head -c 262144 /dev/zero; exit 1")) {
                int read = 0;
                byte[] data;
                while ((data = child.stdout().read(65536)).length > 0) {
                    read += data.length;
                    sleep(Duration.ofMillis(1));
                }
                assertThat(read).isEqualTo(262144);
                assertThat(await(child)).isEqualTo(1);
            }
        });
    }

    @Test
    void leavingTheTryBlockByAnErrorKillsIt() {
        Loopback.run(() -> {
            Subprocess[] started = new Subprocess[1];
            Throwable failure = Thrown.by((AsyncRunnable) () -> {
                try (Subprocess sleeping = Subprocess.exec("sleep", "3600")) {
                    started[0] = sleeping;
                    throw new IllegalStateException("boom");
                }
            });
            assertThat(failure).hasMessage("boom").hasNoSuppressedExceptions();
            assertThat(started[0].exitCode()).isEqualTo(KILLED);
        });
    }

    @Test
    void cancelMakeSubprocessTransportExec() throws Exception {
        for (int moment = 0; moment < 20; moment++) {
            int steps = moment;
            Loopback.run(() -> {
                Subprocess[] started = new Subprocess[1];
                Task<Void> starting = createTask(() -> {
                    started[0] = Subprocess.exec("sleep", "3600");
                });
                for (int i = 0; i < steps; i++) {
                    sleep(i % 2 == 0 ? NOW : Duration.ofMillis(1));
                }
                starting.cancel();
                Asyncio.gatherOutcomes(List.of(starting));
                if (started[0] == null) {
                    assertThat(starting.isCancelled()).isTrue();
                } else {
                    started[0].close();
                }
            });
            assertNoChildren();
        }
    }

    private static void assertNoChildren() {
        ProcessHandle.current()
                .children()
                .forEach(child -> child.onExit()
                        .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
                        .join());
    }

    @Test
    void cancelProcessWait() {
        Loopback.run(() -> {
            try (Subprocess cat = Subprocess.exec("cat")) {
                Task<Integer> waiting = createTask(cat);
                sleep(NOW);
                waiting.cancel();
                assertThat(Thrown.by(waiting)).isInstanceOf(CancelledError.class);
                assertThat(cat.isAlive()).isTrue();
                cat.stdin().close();
                assertThat(await(cat)).isZero();
            }
        });
    }

    @Test
    void cancelPostInit() {
        Loopback.run(() -> {
            Task<Void> program = createTask(() -> {
                try (Subprocess sleeping = Subprocess.exec("sleep", "3600")) {
                    await(sleeping);
                }
            });
            while (ProcessHandle.current().children().findAny().isEmpty()) {
                sleep(Duration.ofMillis(1));
            }
            program.cancel();
            assertThat(Thrown.by(program)).isInstanceOf(CancelledError.class);
            assertNoChildren();
        });
    }

    @Test
    void aCancelledCommunicateLeavesTheProcessToItsBlock() {
        Loopback.run(() -> {
            Subprocess[] started = new Subprocess[1];
            Task<Void> program = createTask(() -> {
                try (Subprocess sleeping = Subprocess.exec("sleep", "3600")) {
                    started[0] = sleeping;
                    sleeping.communicate(new byte[1 << 20]);
                }
            });
            while (started[0] == null || started[0].stdin().bufferSize() == 0) {
                sleep(Duration.ofMillis(1));
            }
            program.cancel();
            assertThat(Thrown.by(program)).isInstanceOf(CancelledError.class);
            assertThat(started[0].exitCode()).isEqualTo(KILLED);
        });
    }

    @Test
    void aCancelledCloseHasKilledIt() throws Exception {
        long[] pid = new long[1];
        Loopback.run(() -> {
            Subprocess sleeping = Subprocess.exec("sleep", "3600");
            pid[0] = sleeping.pid();
            Task<Void> closing = createTask(() -> sleeping.close());
            sleep(NOW);
            closing.cancel();
            assertThat(Thrown.by(closing)).isInstanceOf(CancelledError.class);
        });
        assertEnds(pid[0]);
        assertPumpsEnd();
    }

    @Test
    void stopGivesTimeToEnd() {
        Loopback.run(() -> {
            try (Subprocess shell =
                    Subprocess.shell("trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.01; done")) {
                assertThat(shell.stdout().readLine()).isEqualTo("ready");
                assertThat(shell.stop(LONG)).isEqualTo(5);
                assertThat(shell.stdout().readLine()).isEqualTo("bye");
            }
            try (Subprocess sleeping = Subprocess.exec("sleep", "3600")) {
                assertThat(sleeping.stop(LONG)).isEqualTo(TERMINATED);
            }
        });
    }

    private static final String DEAF = "trap '' TERM; echo ready; while :; do sleep 0.01; done";

    @Test
    void stopKillsWhatDoesNotEnd() {
        Loopback.run(() -> {
            try (Subprocess deaf = Subprocess.shell(DEAF)) {
                assertThat(deaf.stdout().readLine()).isEqualTo("ready");
                assertThat(deaf.stop(Duration.ofMillis(20))).isEqualTo(KILLED);
            }
        });
    }

    @Test
    void aCancelledStopKillsAtOnce() {
        Loopback.run(() -> {
            try (Subprocess deaf = Subprocess.shell(DEAF)) {
                assertThat(deaf.stdout().readLine()).isEqualTo("ready");
                Task<Integer> stopping = createTask(() -> deaf.stop(Duration.ofHours(1)));
                sleep(NOW);
                stopping.cancel();
                assertThat(Thrown.by(stopping)).isInstanceOf(CancelledError.class);
                assertThat(await(deaf)).isEqualTo(KILLED);
            }
        });
    }

    @Test
    void closingTheLoopKillsIt() throws Exception {
        long pid;
        try (EventLoop loop = EventLoop.create()) {
            pid = loop.runUntilComplete(() -> {
                Subprocess cat = Subprocess.exec("cat");
                cat.stdin().write("x");
                assertThat(text(cat.stdout().read(1))).isEqualTo("x");
                return cat.pid();
            });
        }
        assertEnds(pid);
        assertPumpsEnd();
    }

    @Test
    void closingTheLoopWhileItIsStartedKillsIt() {
        for (int i = 0; i < 5; i++) {
            try (EventLoop loop = EventLoop.create()) {
                loop.setExceptionHandler((source, pending) -> {});
                loop.runUntilComplete(() -> {
                    createTask(() -> Subprocess.exec("sleep", "3600"));
                    sleep(NOW);
                    sleep(NOW);
                });
            }
            assertNoChildren();
        }
    }

    @Test
    void whoeverHoldsThePipesAfterItDoesNotHoldUsUp() throws Exception {
        String[] pid = new String[1];
        Loopback.run(() -> {
            try (Subprocess shell = Subprocess.shell("sleep 3600 & echo $!")) {
                pid[0] = shell.stdout().readLine();
                assertThat(await(shell)).isZero();
            } finally {
                ProcessHandle.of(Long.parseLong(pid[0])).ifPresent(ProcessHandle::destroyForcibly);
            }
        });
        assertPumpsEnd();
    }

    @Test
    void neitherThreadsNorPipesAreLeft() throws Exception {
        Loopback.run(() -> Subprocess.exec("true").close()); // so that the JDK has what it needs
        assertPumpsEnd();
        long before = pipes();
        for (int i = 0; i < CHILDREN; i += AT_ONCE) {
            Loopback.run(() -> {
                for (int j = 0; j < AT_ONCE; j++) {
                    try (Subprocess cat = Subprocess.exec("cat")) {
                        assertThat(cat.communicate("data " + j).stdoutText()).isEqualTo("data " + j);
                    }
                }
            });
        }
        assertPumpsEnd();
        assertNoChildren();
        assertThat(pipes()).isLessThanOrEqualTo(before);
    }

    @Test
    void manyAtTheSameTime() throws Exception {
        Loopback.run(() -> {
            List<AsyncFuture<String>> outputs = Stream.generate(() -> (AsyncFuture<String>) createTask(() -> {
                        try (Subprocess echo = Subprocess.exec("echo", "hello")) {
                            return echo.communicate().stdoutText();
                        }
                    }))
                    .limit(30)
                    .toList();
            assertThat(Asyncio.gather(outputs)).hasSize(30).containsOnly("hello\n");
        });
        assertPumpsEnd();
    }

    @Test
    void virtualTimeWaitsForProcesses() {
        TestLoop.run(() -> {
            try (Subprocess shell = Subprocess.shell("echo there; exit 3")) {
                assertThat(Asyncio.waitFor(() -> shell.communicate().exitCode(), Duration.ofHours(1)))
                        .isEqualTo(3);
                assertThat(TestLoop.millis()).isZero();
            }
        });
    }
}
