package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private final List<Object> log = new ArrayList<>();

    private AsyncIterable<Integer> numbers(int end, Duration pause) {
        return generate(out -> {
            try {
                for (int i = 0; i < end; i++) {
                    if (!pause.isZero()) {
                        sleep(pause);
                    }
                    out.yield(i);
                }
                log.add("end");
            } finally {
                if (!pause.isZero()) {
                    sleep(pause);
                }
                log.add("finally");
            }
        });
    }

    @Test
    void aLoopGetsWhatIsYielded() {
        for (Duration pause : List.of(Duration.ZERO, ms(10))) {
            log.clear();
            TestLoop.run(() -> {
                for (int i : numbers(3, pause)) {
                    log.add(i);
                }
                log.add(TestLoop.millis());
            });
            assertThat(log).containsExactly(0, 1, 2, "end", "finally", 4 * pause.toMillis());
        }
    }

    @Test
    void theConsumerMaySuspendBetweenElements() {
        TestLoop.run(() -> {
            for (int i : numbers(2, ms(10))) {
                sleep(ms(100));
                log.add(i + "@" + TestLoop.millis());
            }
        });
        assertThat(log).containsExactly("0@110", "1@220", "end", "finally");
    }

    @Test
    void codeRunsOnlyWhenAnElementIsAskedFor() {
        TestLoop.run(() -> {
            AsyncIterator<Integer> iterator = generate((Yielder<Integer> out) -> {
                        log.add("begin");
                        out.yield(1);
                        log.add("middle");
                        out.yield(2);
                    })
                    .iterator();
            log.add("made");
            assertThat(iterator.next()).isEqualTo(1);
            log.add("first");
            assertThat(iterator.hasNext()).isTrue();
            assertThat(iterator.hasNext()).isTrue();
            log.add("second");
            assertThat(iterator.next()).isEqualTo(2);
            assertThat(iterator.hasNext()).isFalse();
            assertThat(iterator.hasNext()).isFalse();
            try {
                iterator.next();
            } catch (NoSuchElementException e) {
                log.add("no more");
            }
        });
        assertThat(log).containsExactly("made", "begin", "first", "middle", "second", "no more");
    }

    @Test
    void eachIterationRunsTheCodeAnew() {
        TestLoop.run(() -> {
            AsyncIterable<Integer> twice = numbers(2, ms(1));
            for (int i : twice) {
                for (int j : twice) {
                    log.add(i * 10 + j);
                }
            }
        });
        assertThat(log).containsExactly(0, 1, "end", "finally", 10, 11, "end", "finally", "end", "finally");
    }

    @Test
    void nothingAndNullMayBeYielded() {
        TestLoop.run(() -> {
            AsyncIterable<String> none = generate(out -> {});
            for (String text : none) {
                log.add(text);
            }
            AsyncIterable<String> nulls = generate(out -> {
                out.yield(null);
                sleep(ms(1));
                out.yield("a");
            });
            for (String text : nulls) {
                log.add(String.valueOf(text));
            }
        });
        assertThat(log).containsExactly("null", "a");
    }

    @Test
    void aGeneratorMayBeOneCall() {
        TestLoop.run(() -> {
            AsyncIterable<Integer> one = generate(out -> out.yield(7));
            AsyncIterable<Integer> waits = generate(out -> sleep(ms(5)));
            for (int i : one) {
                log.add(i);
            }
            for (int i : waits) {
                log.add(i);
            }
            log.add(TestLoop.millis());
        });
        assertThat(log).containsExactly(7, 5L);
    }

    @Test
    void generatorsMayBeStacked() {
        TestLoop.run(() -> {
            AsyncIterable<Integer> doubled = generate(out -> {
                for (int i : numbers(3, ms(1))) {
                    sleep(ms(1));
                    out.yield(2 * i);
                }
            });
            AsyncIterable<Integer> flat = generate(out -> {
                out.yield(-1);
                out.yieldAll(doubled);
                out.yieldAll(List.of(8, 9));
            });
            for (int i : flat) {
                sleep(ms(1));
                log.add(i);
            }
        });
        assertThat(log).containsExactly(-1, 0, 2, 4, "end", "finally", 8, 9);
    }

    @Async
    private static void yieldTree(int depth, Yielder<Integer> out) {
        if (depth > 0) {
            yieldTree(depth - 1, out);
            sleep(ms(1));
            out.yield(depth);
            yieldTree(depth - 1, out);
        }
    }

    @Test
    void yieldMayStandInMethodsThatTheCodeCalls() {
        TestLoop.run(() -> {
            AsyncIterable<Integer> tree = generate(out -> yieldTree(3, out));
            for (int i : tree) {
                log.add(i);
            }
        });
        assertThat(log).containsExactly(1, 2, 1, 3, 1, 2, 1);
    }

    @Test
    void theCodeRunsInTheTaskOfItsConsumer() {
        TestLoop.run(() -> {
            AsyncIterable<Task<?>> tasks = generate(out -> {
                out.yield(currentTask());
                sleep(ms(1));
                out.yield(currentTask());
            });
            for (Task<?> task : tasks) {
                assertThat(task).isSameAs(currentTask());
            }
        });
    }

    @Test
    void whatItThrowsArrivesAtTheConsumer() {
        for (Duration pause : List.of(Duration.ZERO, ms(1))) {
            TestLoop.run(() -> {
                AsyncIterator<Integer> iterator = generate((Yielder<Integer> out) -> {
                            out.yield(1);
                            sleep(pause);
                            throw new IOException("torn");
                        })
                        .iterator();
                assertThat(iterator.next()).isEqualTo(1);
                try {
                    iterator.hasNext();
                    log.add("no exception");
                } catch (CompletionException e) {
                    assertThat(e.getCause()).isInstanceOf(IOException.class).hasMessage("torn");
                }
                assertThat(iterator.hasNext()).isFalse();
            });
        }
        assertThat(log).isEmpty();
    }

    @Test
    void aCancellationOfTheConsumerArrivesInTheCode() {
        TestLoop.run(() -> {
            Task<Void> consumer = createTask(() -> {
                for (int i : numbers(100, ms(10))) {
                    log.add(i);
                }
            });
            sleep(ms(25));
            consumer.cancel();
            try {
                await(consumer);
            } catch (CancelledError e) {
                log.add("cancelled at " + TestLoop.millis());
            }
        });
        assertThat(log).containsExactly(0, 1, "finally", "cancelled at 35");
    }

    @Test
    void aTimeoutOfTheConsumerArrivesInTheCode() {
        TestLoop.run(() -> {
            AsyncIterator<Integer> iterator = numbers(100, ms(10)).iterator();
            iterator.next();
            try {
                waitFor(() -> iterator.next(), ms(5));
            } catch (AsyncTimeoutException e) {
                log.add("late");
            }
            assertThat(iterator.hasNext()).isFalse();
        });
        assertThat(log).containsExactly("finally", "late");
    }

    @Test
    void toCloseRunsWhatIsLeft() {
        TestLoop.run(() -> {
            try (AsyncIterator<Integer> iterator = numbers(5, ms(10)).iterator()) {
                log.add(iterator.next());
            }
            log.add("closed at " + TestLoop.millis());
        });
        assertThat(log).containsExactly(0, "finally", "closed at 20");
    }

    @Test
    void toCloseIsIdempotentAndEndsTheIteration() {
        TestLoop.run(() -> {
            AsyncIterator<Integer> iterator = numbers(5, Duration.ZERO).iterator();
            iterator.next();
            iterator.close();
            iterator.close();
            assertThat(iterator.hasNext()).isFalse();
            AsyncIterator<Integer> unused = numbers(5, Duration.ZERO).iterator();
            unused.close();
            assertThat(unused.hasNext()).isFalse();
        });
        assertThat(log).containsExactly("finally");
    }

    @Test
    void aGeneratorThatIgnoresItsEndIsReported() {
        TestLoop.run(() -> {
            AsyncIterator<Integer> iterator = generate((Yielder<Integer> out) -> {
                        while (true) {
                            try {
                                out.yield(1);
                            } catch (GeneratorExit e) {
                                log.add("ignored");
                            }
                            if (log.size() > 1) {
                                return;
                            }
                        }
                    })
                    .iterator();
            iterator.next();
            try {
                iterator.close();
            } catch (IllegalStateException e) {
                log.add(e.getMessage());
            }
            iterator.close();
        });
        assertThat(log).hasSize(3).element(1).asString().startsWith("The generator ignored GeneratorExit");
    }

    @Test
    void aCloseThatFailsThrows() {
        TestLoop.run(() -> {
            AsyncIterator<Integer> iterator = generate((Yielder<Integer> out) -> {
                        try {
                            out.yield(1);
                        } finally {
                            sleep(ms(1));
                            log.add("failing");
                            throwIt();
                        }
                    })
                    .iterator();
            iterator.next();
            try {
                iterator.close();
            } catch (IllegalArgumentException e) {
                log.add(e.getMessage());
            }
        });
        assertThat(log).containsExactly("failing", "thrown");
    }

    private static void throwIt() {
        throw new IllegalArgumentException("thrown");
    }

    @Test
    void oneCoroutineAtATimeMayIterate() {
        TestLoop.run(() -> {
            AsyncIterator<Integer> iterator = numbers(5, ms(10)).iterator();
            Task<Integer> first = createTask("first", () -> iterator.next());
            Task<Integer> second = createTask("second", () -> iterator.next());
            List<Outcome<Integer>> outcomes = gatherOutcomes(first, second);
            assertThat(outcomes.get(0).value()).isZero();
            assertThat(outcomes.get(1).exception())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already running")
                    .hasMessageContaining("'first'")
                    .hasMessageContaining("'second'");
            iterator.close();
        });
    }

    @Test
    void consumersMayTakeTurns() {
        TestLoop.run(() -> {
            AsyncIterator<Integer> iterator = numbers(4, ms(1)).iterator();
            for (int i = 0; i < 4; i++) {
                log.add(await(createTask(() -> iterator.next())));
            }
            iterator.close();
        });
        assertThat(log).containsExactly(0, 1, 2, 3, "finally");
    }

    @Test
    void onlyItsOwnCodeMayYield() {
        TestLoop.run(() -> {
            List<Yielder<Integer>> stolen = new ArrayList<>();
            AsyncIterator<Integer> iterator = generate((Yielder<Integer> out) -> {
                        stolen.add(out);
                        await(createTask(() -> out.yield(1)));
                    })
                    .iterator();
            try {
                iterator.next();
            } catch (IllegalStateException e) {
                log.add(e.getMessage());
            }
            try {
                stolen.get(0).yield(2);
            } catch (IllegalStateException e) {
                log.add(e.getMessage());
            }
        });
        assertThat(log)
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.toString()).startsWith("yield was called by"));
    }

    @Test
    void runClosesGeneratorsAfterHangingTasksErrors() {
        List<LoopError> errors = new ArrayList<>();
        assertThatThrownBy(() -> run(() -> {
                    EventLoop.running().setExceptionHandler((loop, error) -> errors.add(error));
                    AsyncIterator<Integer> abandoned = numbers(5, ms(1)).iterator();
                    abandoned.next();
                    createTask(() -> {
                        try {
                            sleep(Duration.ofDays(1));
                        } finally {
                            throwIt();
                        }
                    });
                    sleep(Duration.ZERO);
                    throw new IllegalStateException("main");
                }))
                .hasMessage("main");
        assertThat(log).containsExactly("finally");
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.exception()).hasMessage("thrown"));
    }

    @Test
    void anAbandonedGeneratorIsClosedOnceItIsUnreachable() {
        TestLoop.run(() -> {
            WeakReference<Object> abandoned = abandon();
            while (abandoned.get() != null) {
                System.gc();
                sleep(ms(1));
            }
            while (!log.contains("finally")) {
                sleep(ms(1));
            }
        });
        assertThat(log).containsExactly(0, "finally");
    }

    @Test
    void aGeneratorThatIsBeingClosedIsNotAbandoned() {
        TestLoop.run(() -> {
            List<WeakReference<Object>> iterators = new ArrayList<>();
            Task<Void> closing = createTask(() -> takeOneAndClose(iterators));
            sleep(ms(15)); // into the clean-up, which lasts until 20
            while (iterators.get(0).get() != null) {
                System.gc();
            }
            sleep(ms(1));
            await(closing);
        });
        assertThat(log).containsExactly(0, "finally");
    }

    @Async
    private void takeOneAndClose(List<WeakReference<Object>> iterators) {
        AsyncIterator<Integer> iterator = numbers(5, ms(10)).iterator();
        iterators.add(new WeakReference<>(iterator));
        log.add(iterator.next());
        iterator.close();
    }

    @Test
    void aGeneratorWhoseConsumerLeavesItInMidCallIsClosedAtItsNextYield() {
        TestLoop.run(() -> {
            List<WeakReference<Object>> iterators = new ArrayList<>();
            Task<Boolean> asking = createTask(() -> askAndForget(iterators));
            sleep(ms(5));
            while (iterators.get(0).get() != null) {
                System.gc();
            }
            sleep(ms(1));
            assertThat(await(asking)).isTrue();
            while (!log.contains("finally")) { // the collector may take longer to tell than virtual time to pass
                sleep(ms(1));
            }
        });
        assertThat(log).containsExactly("finally");
    }

    @Async
    private boolean askAndForget(List<WeakReference<Object>> iterators) {
        AsyncIterator<Integer> iterator = numbers(5, ms(10)).iterator();
        iterators.add(new WeakReference<>(iterator));
        return iterator.hasNext();
    }

    @Async
    private WeakReference<Object> abandon() {
        AsyncIterator<Integer> iterator = numbers(5, ms(1)).iterator();
        log.add(iterator.next());
        return new WeakReference<>(iterator);
    }

    @Test
    void aStackTraceShowsCodeAndConsumer() {
        TestLoop.run(() -> {
            Task<Void> consumer = createTask(() -> consume(numbers(1, ms(10))));
            sleep(ms(5));
            assertThat(consumer.stackTrace())
                    .extracting(StackTraceElement::getMethodName)
                    .containsSubsequence("hasNext", "consume")
                    .anyMatch(name -> name.contains("numbers"));
            await(consumer);
        });
    }

    @Async
    private static void consume(AsyncIterable<Integer> source) {
        for (int unused : source) {
            sleep(ms(1));
        }
    }

    @Test
    void plainCodeCannotIterate() {
        AsyncIterable<Integer> source = numbers(1, ms(1));
        assertThatThrownBy(() -> source.iterator().hasNext()).isInstanceOf(IllegalStateException.class);
    }
}
