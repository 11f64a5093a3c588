package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.io.FedReader.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncRunnable;
import dev.weft.Asyncio;
import dev.weft.InvalidStateException;
import dev.weft.Task;
import dev.weft.Thrown;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SubprocessTest {
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    @Async
    private static Throwable failureOf(AsyncRunnable body) {
        return Thrown.by(body);
    }

    private static byte[] many(int length) {
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) 'x');
        return data;
    }

    @Test
    void stdinStdout() {
        Loopback.run(() -> {
            try (Subprocess cat = Subprocess.exec("cat")) {
                cat.stdin().write("some data");
                cat.stdin().drain();
                cat.stdin().close();
                assertThat(text(cat.stdout().readAll())).isEqualTo("some data");
                assertThat(await(cat)).isZero();
                assertThat(cat.exitCode()).isZero();
            }
        });
    }

    @Test
    void communicate() {
        Loopback.run(() -> {
            try (Subprocess cat = Subprocess.shell("cat; echo oh >&2; exit 3")) {
                Subprocess.Output output = cat.communicate("some data");
                assertThat(output.stdoutText()).isEqualTo("some data");
                assertThat(output.stderrText()).isEqualTo("oh\n");
                assertThat(output.exitCode()).isEqualTo(3);
                assertThat(output).hasToString("<Output of 9 bytes and 3 of errors, exit code 3>");
            }
        });
    }

    @Test
    void communicateNoneInput() {
        Loopback.run(() -> {
            try (Subprocess cat = Subprocess.exec("cat")) {
                assertThat(cat.communicate().stdout()).isEmpty();
                assertThat(cat.exitCode()).isZero();
            }
        });
    }

    @Test
    void emptyInput() {
        Loopback.run(() -> {
            try (Subprocess cat = Subprocess.exec("cat")) {
                Subprocess.Output output = cat.communicate(new byte[0]);
                assertThat(output.stdout()).isEmpty();
                assertThat(output.exitCode()).isZero();
            }
        });
    }

    @Test
    void devnullInput() {
        Loopback.run(() -> {
            try (Subprocess cat = Subprocess.builder().stdin(Redirect.DISCARD).exec("cat")) {
                assertThat(cat.communicate().stdout()).isEmpty();
                assertThat(cat.exitCode()).isZero();
                assertThatThrownBy(cat::stdin)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("stdin(...)");
                assertThat(failureOf(() -> cat.communicate("x"))).isInstanceOf(IllegalStateException.class);
            }
        });
    }

    @Test
    void devnullOutput() {
        Loopback.run(() -> {
            try (Subprocess cat = Subprocess.builder().stdout(Redirect.DISCARD).exec("cat")) {
                assertThat(cat.communicate("abc").stdout()).isEmpty();
                assertThat(cat.exitCode()).isZero();
                assertThatThrownBy(cat::stdout).isInstanceOf(IllegalStateException.class);
            }
        });
    }

    @Test
    void devnullError() {
        Loopback.run(() -> {
            try (Subprocess echo = Subprocess.builder().stderr(Redirect.DISCARD).shell("echo oh >&2; echo yes")) {
                Subprocess.Output output = echo.communicate();
                assertThat(output.stderr()).isEmpty();
                assertThat(output.stdoutText()).isEqualTo("yes\n");
                assertThatThrownBy(echo::stderr).isInstanceOf(IllegalStateException.class);
            }
        });
    }

    @Test
    void errorsMayComeInTheOutput() {
        Loopback.run(() -> {
            try (Subprocess echo = Subprocess.builder().mergeStderr().shell("echo 1; echo 2 >&2; echo 3")) {
                assertThat(echo.communicate().stdoutText()).isEqualTo("1\n2\n3\n");
            }
        });
    }

    @Test
    void filesTakeTheOutputAndGiveTheInput(@TempDir Path folder) {
        Loopback.run(() -> {
            Path in = Files.writeString(folder.resolve("in"), "b\na\n");
            Path out = folder.resolve("out");
            try (Subprocess sort = Subprocess.builder()
                    .stdin(Redirect.from(in.toFile()))
                    .stdout(Redirect.to(out.toFile()))
                    .exec("sort")) {
                assertThat(await(sort)).isZero();
            }
            assertThat(out).hasContent("a\nb\n");
        });
    }

    @Test
    void folderAndEnvironmentAreSet(@TempDir Path folder) {
        Loopback.run(() -> {
            SubprocessBuilder builder = Subprocess.builder()
                    .directory(folder)
                    .environment("WEFT", "set")
                    .environment("HOME", null);
            try (Subprocess shell = builder.shell("pwd; echo $WEFT $HOME")) {
                assertThat(shell.communicate().stdoutText()).isEqualTo(folder.toRealPath() + "\nset\n");
            }
            try (Subprocess env = builder.environment(Map.of("ONLY", "this")).exec("/usr/bin/env")) {
                assertThat(env.communicate().stdoutText()).isEqualTo("ONLY=this\n");
            }
        });
    }

    @Test
    void shell() {
        Loopback.run(() -> {
            try (Subprocess exit = Subprocess.shell("exit 7")) {
                assertThat(await(exit)).isEqualTo(7);
                assertThat(exit).hasToString("<Subprocess " + exit.pid() + " ended with 7>");
            }
        });
    }

    @Test
    void argumentsAreNotLookedAtByAShell() {
        Loopback.run(() -> {
            try (Subprocess echo = Subprocess.exec(List.of("echo", "$HOME", "a  b", "*"))) {
                assertThat(echo.communicate().stdoutText()).isEqualTo("$HOME a  b *\n");
            }
        });
    }

    @Test
    void aCommandThatDoesNotExistIsNamed() {
        Loopback.run(() -> {
            assertThat(failureOf(() -> Subprocess.exec("no-such-program-here", "x")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no-such-program-here");
            SubprocessBuilder elsewhere = Subprocess.builder().directory(Path.of("/no-such-folder"));
            assertThat(failureOf(() -> elsewhere.exec("true")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/no-such-folder");
            assertThat(failureOf(() -> Subprocess.exec())).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void terminate() {
        Loopback.run(() -> {
            try (Subprocess sleep = Subprocess.exec("sleep", "3600")) {
                assertThat(sleep.isAlive()).isTrue();
                assertThatThrownBy(sleep::exitCode)
                        .isInstanceOf(InvalidStateException.class)
                        .hasMessageContaining("await()");
                assertThat(sleep.terminate()).isTrue();
                assertThat(await(sleep)).isEqualTo(TERMINATED);
                assertThat(sleep.isAlive()).isFalse();
            }
        });
    }

    @Test
    void kill() {
        Loopback.run(() -> {
            try (Subprocess sleep = Subprocess.exec("sleep", "3600")) {
                assertThat(sleep.kill()).isTrue();
                assertThat(await(sleep)).isEqualTo(KILLED);
            }
        });
    }

    @Test
    void killIssue43884() {
        Loopback.run(() -> {
            try (Subprocess shell = Subprocess.shell("exec sleep 3600")) {
                Task<Integer> waiting = createTask(shell);
                shell.kill();
                assertThat(await(waiting)).isEqualTo(KILLED);
            }
        });
    }

    @Test
    void whatHasEndedCannotBeAskedAgain() {
        Loopback.run(() -> {
            try (Subprocess done = Subprocess.exec("true")) {
                await(done);
                assertThat(done.terminate()).isFalse();
                assertThat(done.kill()).isFalse();
                assertThat(done.stop(Duration.ofMinutes(1))).isZero();
            }
        });
    }

    @Test
    void manyTasksMayWaitForTheEnd() {
        Loopback.run(() -> {
            try (Subprocess cat = Subprocess.exec("cat")) {
                Task<Integer> first = createTask(cat);
                Task<Integer> second = createTask(cat);
                cat.stdin().close();
                assertThat(await(first)).isZero();
                assertThat(await(second)).isZero();
            }
        });
    }

    @Test
    void stdinBrokenPipe() {
        Loopback.run(() -> {
            try (Subprocess deaf = Subprocess.shell("exec 0<&-; echo closed; exec sleep 3600")) {
                assertThat(deaf.stdout().readLine()).isEqualTo("closed");
                byte[] large = many(1 << 20);
                assertThat(failureOf(() -> {
                            while (true) {
                                deaf.stdin().write(large);
                                deaf.stdin().drain();
                            }
                        }))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("ipe");
                deaf.stdin().write("is ignored");
            }
        });
    }

    @Test
    void communicateIgnoreBrokenPipe() {
        Loopback.run(() -> {
            try (Subprocess deaf = Subprocess.shell("exec 0<&-; echo yes")) {
                Subprocess.Output output = deaf.communicate(many(1 << 20));
                assertThat(output.stdoutText()).isEqualTo("yes\n");
                assertThat(output.exitCode()).isZero();
            }
            try (Subprocess short_ = Subprocess.exec("head", "-c", "5")) {
                assertThat(short_.communicate(many(1 << 20)).stdoutText()).isEqualTo("xxxxx");
            }
        });
    }

    @Test
    void pauseReading() {
        Loopback.run(() -> {
            int limit = 10;
            int size = limit * 2 + 1;
            try (Subprocess child = Subprocess.builder().limit(limit).shell("head -c " + size + " /dev/zero; cat")) {
                while (!child.stdout().isPaused()) {
                    Asyncio.sleep(Duration.ofMillis(1));
                }
                assertThat(child.stdout().available()).isEqualTo(size);
                child.stdin().close();
                assertThat(child.stdout().readAll()).hasSize(size);
                assertThat(await(child)).isZero();
            }
        });
    }

    @Test
    void muchMoreThanTheLimitComesThroughWhole() {
        Loopback.run(() -> {
            byte[] much = new byte[5_000_000];
            for (int i = 0; i < much.length; i++) {
                much[i] = (byte) (i * 31 >>> 7);
            }
            try (Subprocess cat = Subprocess.exec("cat")) {
                assertThat(cat.communicate(much).stdout()).isEqualTo(much);
            }
            try (Subprocess both = Subprocess.builder()
                    .limit(1000)
                    .shell("head -c 1000000 /dev/zero & head -c 1000000 /dev/zero >&2; wait")) {
                Subprocess.Output output = both.communicate();
                assertThat(output.stdout()).hasSize(1_000_000);
                assertThat(output.stderr()).hasSize(1_000_000);
            }
        });
    }

    @Test
    void readsOnlyAsMuchAsThereIsRoomFor() {
        Loopback.run(() -> {
            try (Subprocess yes = Subprocess.exec("yes")) {
                for (int i = 0; i < 1000; i++) {
                    assertThat(yes.stdout().readLine()).isEqualTo("y");
                }
                while (!yes.stdout().isPaused()) {
                    Asyncio.sleep(Duration.ofMillis(1));
                }
                assertThat(yes.stdout().available()).isLessThan(2 * StreamReader.LIMIT + 4 * 32 * 1024);
            }
        });
    }

    @Test
    void drainWaitsForAProcessThatDoesNotReadAndEndsWithIt() {
        Loopback.run(() -> {
            try (Subprocess sleep = Subprocess.exec("sleep", "3600")) {
                StreamWriter stdin = sleep.stdin();
                stdin.write(many(1 << 20));
                Task<Throwable> draining = createTask(() -> failureOf(() -> stdin.drain()));
                for (int i = 0; i < 10; i++) {
                    Asyncio.sleep(Duration.ofMillis(1));
                }
                assertThat(draining.isDone()).isFalse();
                assertThat(stdin.bufferSize()).isGreaterThan(stdin.highWater());
                sleep.kill();
                assertThat(await(draining)).isInstanceOf(IOException.class).hasMessageContaining("roken pipe");
                assertThat(stdin.isClosing()).isTrue();
            }
        });
    }
}
