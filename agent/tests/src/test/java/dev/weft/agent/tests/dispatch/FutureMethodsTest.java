package dev.weft.agent.tests.dispatch;

import static dev.weft.Asyncio.*;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code @Async} methods that return a future of the JDK, called by anybody. */
@Tag("built")
class FutureMethodsTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final List<String> log = new ArrayList<>();

    @Async
    private CompletableFuture<String> greet(String name, long times, double volume) {
        log.add("asked for " + name);
        sleep(MOMENT);
        log.add("answering");
        return CompletableFuture.completedFuture(name + times + volume);
    }

    @Async
    static CompletionStage<String> staticStage(CompletableFuture<String> answer) {
        return answer.thenApply(text -> text + "of a stage");
    }

    @Test
    void aCallerInACoroutineGetsTheFutureAtOnce() {
        run(() -> {
            CompletableFuture<String> greeting = greet("Anna", 2, 0.5);
            log.add("called");
            assertThat(greeting).isNotDone();
            assertThat(await(greeting)).isEqualTo("Anna20.5");
        });
        assertThat(log).containsExactly("asked for Anna", "called", "answering");
    }

    @Test
    void aCallerInACallbackGetsTheFutureAtOnce() {
        try (EventLoop loop = EventLoop.create()) {
            AtomicReference<CompletableFuture<String>> greeting = new AtomicReference<>();
            loop.callSoon(() -> {
                greeting.set(greet("Bert", 1, 1));
                log.add("called");
                greeting.get().thenRun(loop::stop);
            });
            loop.runForever();
            assertThat(greeting.get()).isCompletedWithValue("Bert11.0");
            assertThat(log).containsExactly("asked for Bert", "called", "answering");
        }
    }

    @Test
    void aCallerOnAnyThreadUsesTheBackgroundLoop() throws Exception {
        assertThat(greet("Cleo", 1, 1).get(10, SECONDS)).isEqualTo("Cleo11.0");
        assertThat(threadOfBody().get(10, SECONDS)).isSameAs(backgroundThread());
    }

    @Async
    private static CompletableFuture<Thread> threadOfBody() {
        sleep(MOMENT);
        return CompletableFuture.completedFuture(Thread.currentThread());
    }

    private static Thread backgroundThread() throws Exception {
        return EventLoop.background().submit(() -> Thread.currentThread()).get(10, SECONDS);
    }

    @Test
    void theFutureIsThatOfTheReturnedOne() {
        run(() -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            CompletionStage<String> stage = staticStage(answer);
            assertThat(stage.toCompletableFuture()).isNotDone();
            answer.complete("yes ");
            assertThat(await(stage)).isEqualTo("yes of a stage");
        });
    }

    @Async
    private CompletableFuture<String> failing(boolean suspend, Throwable failure) throws Throwable {
        if (suspend) {
            sleep(MOMENT);
        }
        throw failure;
    }

    @Async
    private CompletableFuture<String> returnsAFailedOne() {
        sleep(MOMENT);
        return CompletableFuture.failedFuture(new IOException("late"));
    }

    @Async
    private static CompletableFuture<String> returnsNull() {
        return null;
    }

    @Test
    void whatTheBodyThrowsIsInTheFuture() throws Throwable {
        for (boolean suspend : new boolean[] {false, true}) {
            CompletableFuture<String> failed = failing(suspend, new IOException("gone"));
            assertThatThrownBy(() -> failed.get(10, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("gone");
        }
        assertThatThrownBy(() -> returnsAFailedOne().get(10, SECONDS))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("late");
        assertThatThrownBy(() -> returnsNull().get(10, SECONDS))
                .cause()
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("completedFuture");
    }

    @Async
    private CompletableFuture<String> waitsForEver(Duration cleanUp) {
        try {
            sleep(Duration.ofDays(1));
        } catch (CancelledError e) {
            sleep(cleanUp);
            log.add("cleaned up");
            throw e;
        }
        return CompletableFuture.completedFuture("never");
    }

    private static List<Task<?>> others() {
        return allTasks().stream().filter(task -> task != currentTask()).toList();
    }

    @Test
    void toCancelTheFutureCancelsTheBody() {
        run(() -> {
            CompletableFuture<String> future = waitsForEver(MOMENT);
            future.cancel(true);
            gatherOutcomes(others());
        });
        assertThat(log).containsExactly("cleaned up");
    }

    @Test
    void aCancelledBodyCancelsTheFuture() {
        run(() -> {
            CompletableFuture<String> future = waitsForEver(MOMENT);
            others().forEach(Task::cancel);
            try {
                await(future);
            } catch (CancelledError e) {
                log.add("cancelled");
            }
            assertThat(future).isCancelled();
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        });
        assertThat(log).containsExactly("cleaned up", "cancelled");
    }

    interface Source<T> {
        @Async
        CompletionStage<T> fetch(String key);

        @Async
        default CompletableFuture<T> fetchTwice(String key) {
            await(fetch(key));
            return fetch(key).toCompletableFuture();
        }
    }

    /** Overrides with a narrower type and without an annotation. */
    static class Slow implements Source<String> {
        int fetched;

        @Override
        public CompletableFuture<String> fetch(String key) {
            sleep(MOMENT);
            fetched++;
            return CompletableFuture.completedFuture(key + fetched);
        }
    }

    static class Twice extends Slow {
        @Override
        public CompletableFuture<String> fetch(String key) {
            return super.fetch(key).thenApply(text -> text + "!");
        }
    }

    @Test
    void overridersInheritTheAnnotation() throws Exception {
        assertThat(new Slow().fetchTwice("k").get(10, SECONDS)).isEqualTo("k2");
        Source<String> source = new Twice();
        assertThat(source.fetchTwice("k").get(10, SECONDS)).isEqualTo("k2!");
        run(() -> assertThat(await(source.fetch("k"))).isEqualTo("k3!"));
    }

    @Test
    void aLambdaMayBeOne() throws Exception {
        String prefix = "lambda ";
        Source<String> source = key -> {
            sleep(MOMENT);
            return CompletableFuture.completedFuture(prefix + key);
        };
        assertThat(source.fetch("k").toCompletableFuture().get(10, SECONDS)).isEqualTo("lambda k");
        Source<String> reference = new Slow()::fetch;
        assertThat(reference.fetch("k").toCompletableFuture().get(10, SECONDS)).isEqualTo("k1");
    }

    @Test
    void aCoroutineMayGiveAFutureWithoutBeingOne() {
        run(() -> {
            Coroutine<CompletableFuture<String>> coroutine = () -> {
                sleep(MOMENT);
                return CompletableFuture.completedFuture("inner");
            };
            CompletableFuture<String> inner = coroutine.await();
            assertThat(inner).isCompletedWithValue("inner");
            Coroutine<CompletableFuture<String>> reference = FutureMethodsTest::late;
            assertThat(reference.await()).isNotDone();
        });
    }

    @Async
    private static CompletableFuture<String> late() {
        sleep(MOMENT);
        return CompletableFuture.completedFuture("late");
    }

    @Test
    void plainJavaCallsItLikeAnyMethod() throws Exception {
        Supplier<CompletableFuture<String>> supplier = FutureMethodsTest::late;
        assertThat(supplier.get().thenCombine(late(), String::concat).get(10, SECONDS))
                .isEqualTo("latelate");
        Object reflected = FutureMethodsTest.class.getDeclaredMethod("late").invoke(null);
        assertThat(((CompletableFuture<?>) reflected).get(10, SECONDS)).isEqualTo("late");
    }

    @Test
    void whatIsAddedIsPrivate() {
        assertThat(Arrays.stream(Slow.class.getDeclaredMethods())
                        .filter(method -> method.getName().contains("$")))
                .isNotEmpty()
                .allMatch(method -> method.isSynthetic() && !Modifier.isProtected(method.getModifiers()));
    }
}
