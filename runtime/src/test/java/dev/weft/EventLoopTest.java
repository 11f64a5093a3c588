package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.Continuation;
import dev.weft.internal.Engine;
import dev.weft.internal.Job;
import dev.weft.internal.VirtualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final TestLoop test = new TestLoop();
    private final EventLoop loop = test.loop;
    private final List<Object> calls = new ArrayList<>();

    @Test
    void callSoonIsFirstComeFirstServedAndItsChildrenRunInTheNextIteration() {
        loop.callSoon(() -> {
            calls.add("c1");
            loop.callSoon(() -> calls.add("c1-child"));
        });
        loop.callSoon(() -> calls.add("c2"));
        test.iterate(1);
        assertThat(calls).containsExactly("c1", "c2");
        test.iterate(1);
        assertThat(calls).containsExactly("c1", "c2", "c1-child");
    }

    @Test
    void callLaterZeroRunsBehindWhatIsReady() {
        loop.callLater(Duration.ZERO, () -> calls.add("a"));
        loop.callSoon(() -> calls.add("b"));
        test.iterate(1);
        assertThat(calls).containsExactly("b", "a");
    }

    @Test
    void timersOfEqualTimeFireInOrderOfCreation() {
        for (int i = 0; i < 5; i++) {
            int number = i;
            loop.callAt(1_000_000, () -> calls.add(number));
        }
        test.runFor(ms(2));
        assertThat(calls).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void callLaterNegativeDelays() {
        loop.callLater(Duration.ofSeconds(-1), () -> calls.add("a"));
        loop.callLater(Duration.ofSeconds(-2), () -> calls.add("b"));
        test.iterate(1);
        assertThat(calls).containsExactly("b", "a");
    }

    @Test
    void cancelledCallbacksDoNotRun() {
        Handle soon = loop.callSoon(() -> calls.add("soon"));
        TimerHandle later = loop.callLater(ms(1), () -> calls.add("later"));
        soon.cancel();
        later.cancel();
        test.runFor(ms(5));
        assertThat(calls).isEmpty();
        assertThat(soon.isCancelled()).isTrue();
        assertThat(later.isCancelled()).isTrue();
        assertThat(later.when()).isEqualTo(1_000_000);
        assertThat(later.toString()).startsWith("<TimerHandle cancelled when=0.001 ");
    }

    @Test
    void aMissingCallbackIsRefusedWhereItIsGivenAndNotWhereItIsDue() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        List<Runnable> mistakes = List.of(
                () -> loop.callSoon(null),
                () -> loop.callLater(ms(1), null),
                () -> loop.callAt(loop.time(), null),
                () -> loop.callSoonThreadsafe(null),
                () -> loop.execute(null),
                () -> loop.addReader(pipe.source(), null),
                () -> loop.onSignal("USR1", null),
                () -> loop.createFuture().addDoneCallback(null));
        for (Runnable mistake : mistakes) {
            assertThatThrownBy(mistake::run)
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("callback");
        }
        AsyncFuture<String> future = loop.createFuture();
        assertThatThrownBy(() -> future.setException(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("exception");
        assertThat(future.isDone()).isFalse();
        loop.runUntilComplete(() -> sleep(ms(2)));
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void runUntilCompleteStopped() {
        assertThatThrownBy(() -> loop.runUntilComplete(() -> {
                    loop.stop();
                    sleep(ms(100));
                    return 1;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Event loop stopped before Future completed");
    }

    @Test
    void runUntilCompleteNesting() {
        test.complete(() -> {
            assertThat(loop.isRunning()).isTrue();
            assertThatThrownBy(() -> loop.runUntilComplete(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("This event loop is already running");
        });
    }

    @Test
    void runningLoopWithinALoop() {
        try (EventLoop other = EventLoop.create()) {
            test.complete(() -> {
                assertThatThrownBy(other::runForever)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("Cannot run the event loop while another loop is running");
                assertThat(EventLoop.running()).isSameAs(loop);
            });
        }
    }

    @Test
    void noRunningLoop() {
        assertThatThrownBy(EventLoop::running)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no running event loop");
    }

    @Test
    void runUntilCompleteLoopOrphanFutureCloseLoop() {
        InternalError fatal = new InternalError("fatal");
        assertThatThrownBy(() -> loop.runUntilComplete(() -> {
                    throw fatal;
                }))
                .isSameAs(fatal);
        assertThat(loop.current()).isNull();
        assertThat(loop.runUntilComplete(() -> {
                    sleep(ms(1));
                    return 7;
                }))
                .isEqualTo(7);
    }

    @Test
    void runUntilCompleteBaseexception() {
        assertThatThrownBy(() -> loop.runUntilComplete(() -> {
                    throw new InternalError("fatal");
                }))
                .isInstanceOf(InternalError.class);
        loop.callSoon(() -> loop.callSoon(() -> {
            calls.add("second level");
            loop.stop();
        }));
        loop.runForever();
        assertThat(calls).containsExactly("second level");
        test.close();
        assertThat(test.errors).isEmpty();
    }

    @Test
    void fatalErrorsInCallbacksEndRunForever() {
        loop.callSoon(() -> {
            throw new OutOfMemoryError("not really");
        });
        loop.callSoon(() -> calls.add("after"));
        assertThatThrownBy(loop::runForever).isInstanceOf(OutOfMemoryError.class);
        test.iterate(1);
        assertThat(calls).containsExactly("after");
        assertThat(test.errors).isEmpty();
    }

    @Test
    void runForeverPreStopped() {
        loop.callSoon(() -> {
            calls.add(1);
            loop.callSoon(() -> calls.add(2));
        });
        loop.callLater(Duration.ofHours(1), () -> calls.add(3));
        loop.stop();
        loop.runForever();
        assertThat(calls).containsExactly(1);
        assertThat(loop.time()).isZero();
    }

    @Test
    void singleSelecterEventCallbackAfterStopping() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (EventLoop real = EventLoop.create()) {
            real.addReader(pipe.source(), () -> calls.add("read"));
            real.addWriter(writable(pipe), () -> calls.add("write"));
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
            real.stop();
            real.runForever();
            assertThat(calls).containsExactlyInAnyOrder("read", "write");
            assertThat(real.removeReader(pipe.source())).isTrue();
            assertThat(real.removeReader(pipe.source())).isFalse();
            assertThat(real.removeWriter(pipe.sink())).isTrue();
            real.stop();
            real.runForever();
            assertThat(calls).hasSize(2);
            real.addReader(pipe.source(), () -> calls.add("again"));
            real.addReader(pipe.source(), () -> calls.add("replaced"));
            real.stop();
            real.runForever();
            assertThat(calls).hasSize(3).endsWith("replaced");
        } finally {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    private static Pipe.SinkChannel writable(Pipe pipe) throws Exception {
        pipe.sink().configureBlocking(false);
        return pipe.sink();
    }

    @Test
    void aReaderThatIsRemovedOrReplacedIsNotCalledAnyMore() throws Exception {
        Pipe first = readable();
        Pipe second = readable();
        try (EventLoop real = EventLoop.create();
                Pipe.SourceChannel one = first.source();
                Pipe.SourceChannel two = second.source()) {
            assertThat(one.isOpen() && two.isOpen()).isTrue();
            for (Pipe pipe : List.of(first, second)) {
                Pipe other = pipe == first ? second : first;
                real.addReader(pipe.source(), () -> {
                    calls.add("one of two");
                    real.removeReader(other.source());
                    real.addReader(pipe.source(), () -> calls.add("replaced"));
                });
            }
            real.stop();
            real.runForever();
            assertThat(calls).containsExactly("one of two");
            real.stop();
            real.runForever();
            assertThat(calls).containsExactly("one of two", "replaced");
        }
    }

    @Test
    void aChannelThatBlocksIsRefused() throws Exception {
        Pipe pipe = Pipe.open();
        try (EventLoop real = EventLoop.create()) {
            assertThatThrownBy(() -> real.addReader(pipe.source(), () -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("configureBlocking(false)");
        } finally {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    @Test
    void aChannelThatIsClosedIsNoLongerWatched() throws Exception {
        Pipe pipe = readable();
        try (EventLoop real = EventLoop.create()) {
            real.addReader(pipe.source(), () -> calls.add("read"));
            pipe.source().close();
            real.stop();
            real.runForever();
            assertThat(calls).isEmpty();
            assertThat(real.removeReader(pipe.source())).isFalse();
            assertThatThrownBy(() -> real.addReader(pipe.source(), () -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("closed");
        } finally {
            pipe.sink().close();
        }
    }

    @Test
    void aChannelCanBlockAgainOnceItsReaderIsRemoved() throws Exception {
        Pipe pipe = readable();
        try (EventLoop real = EventLoop.create()) {
            real.addReader(pipe.source(), () -> {});
            real.removeReader(pipe.source());
            pipe.source().configureBlocking(true);
            assertThat(pipe.source().read(ByteBuffer.allocate(1))).isEqualTo(1);
        } finally {
            pipe.source().close();
            pipe.sink().close();
        }
    }

    private static Pipe readable() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        return pipe;
    }

    @Test
    void closeRunningEventLoop() {
        test.complete(() -> assertThatThrownBy(loop::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot close a running event loop"));
    }

    @Test
    void close() {
        loop.close();
        loop.close();
        assertThat(loop.isClosed()).isTrue();
        List<Runnable> entries = List.of(
                loop::runForever,
                () -> loop.runUntilComplete(loop.createFuture()),
                () -> loop.callSoon(() -> {}),
                () -> loop.callLater(ms(1), () -> {}),
                () -> loop.callAt(1, () -> {}),
                () -> loop.callSoonThreadsafe(() -> {}),
                () -> loop.createTask(() -> 1),
                () -> loop.submit(() -> 1),
                () -> loop.runInExecutor(null, () -> 1));
        assertThat(entries)
                .allSatisfy(entry -> assertThatThrownBy(entry::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("Event loop is closed"));
        assertThat(loop.toString()).isEqualTo("<EventLoop running=false closed=true debug=false>");
    }

    @Test
    void closeReportsTasksThatNeverEnded() {
        loop.createTask("left", () -> sleep(ms(1)));
        loop.close();
        assertThat(test.errors).singleElement().satisfies(error -> {
            assertThat(error.message()).isEqualTo("Task was destroyed but it is pending!");
            assertThat(error.future().toString()).contains("'left'");
        });
    }

    @Test
    void timeoutRounding() {
        EventLoop real = EventLoop.create();
        int[] iterations = {0};
        real.runUntilComplete(() -> {
            IterationCountsTest.Counter none = new IterationCountsTest.Counter();
            none.stop();
            for (long nanos : new long[] {10_000_000, 1_000_000, 100_000, 10_000, 1}) {
                sleep(Duration.ofNanos(nanos));
                iterations[0]++;
            }
        });
        real.close();
        assertThat(iterations[0]).isEqualTo(5);
    }

    @Test
    void callSoonThreadsafe() throws Exception {
        try (EventLoop real = EventLoop.create()) {
            Thread other = new Thread(() -> {
                real.callSoonThreadsafe(() -> calls.add("hello"));
                real.callSoonThreadsafe(() -> {
                    calls.add("world");
                    real.stop();
                });
            });
            real.callSoon(other::start);
            real.runForever(); // blocked without end until the other thread wakes it
            other.join();
        }
        assertThat(calls).containsExactly("hello", "world");
    }

    @Test
    void callSoonThreadsafeOnTheLoopsOwnThreadKeepsTheOrder() {
        test.complete(() -> {
            loop.callSoon(() -> calls.add(1));
            loop.callSoonThreadsafe(() -> calls.add(2));
            loop.execute(() -> calls.add(3));
            loop.callSoon(() -> calls.add(4));
            sleep(Duration.ZERO);
        });
        assertThat(calls).containsExactly(1, 2, 3, 4);
    }

    @Test
    void callSoonThreadsafeHandleBlockCancellation() throws Exception {
        EventLoop real = EventLoop.create();
        Thread runner = new Thread(real::runForever);
        runner.start();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        boolean[] ended = {false};
        Handle handle = real.callSoonThreadsafe(() -> {
            running.countDown();
            await(goOn);
            ended[0] = true;
        });
        running.await();
        Thread canceller = new Thread(handle::cancel);
        canceller.start();
        canceller.join(20);
        assertThat(canceller.isAlive()).isTrue();
        goOn.countDown();
        canceller.join();
        assertThat(ended[0]).isTrue();
        real.execute(real::stop);
        runner.join();
        real.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void checkThread() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        test.complete(() -> {
            AsyncFuture<Integer> future = loop.createFuture();
            Thread other = new Thread(() -> {
                for (Runnable call : List.<Runnable>of(
                        () -> loop.callSoon(() -> {}), () -> loop.createTask(() -> 1), () -> future.setResult(1))) {
                    try {
                        call.run();
                    } catch (IllegalStateException e) {
                        failures.add(e);
                    }
                }
            });
            other.start();
            join(other);
        });
        assertThat(failures)
                .hasSize(3)
                .allSatisfy(failure ->
                        assertThat(failure.getMessage()).contains("Non-thread-safe operation", "callSoonThreadsafe"));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void runInExecutor() {
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> new Thread(work, "chosen"));
        try {
            test.complete(() -> {
                AsyncFuture<String> future = loop.runInExecutor(
                        executor, () -> Thread.currentThread().getName());
                assertThat(Asyncio.await(future)).isEqualTo("chosen");
            });
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void runInExecutorCancel() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        AsyncFuture<Integer> future = loop.runInExecutor(executor, () -> {
            goOn.await();
            return 1;
        });
        future.cancel();
        test.iterate(2);
        loop.close();
        goOn.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(future.isCancelled()).isTrue();
        assertThat(test.errors).isEmpty();
    }

    @Test
    void shutdownDefaultExecutor() {
        test.complete(() -> {
            AsyncFuture<Integer> work = loop.runInExecutor(null, () -> {
                Thread.sleep(20);
                return 1;
            });
            loop.shutdownDefaultExecutor();
            sleep(Duration.ZERO);
            assertThat(work.result()).isEqualTo(1);
            assertThatThrownBy(() -> loop.runInExecutor(null, () -> 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Executor shutdown has been called");
        });
    }

    @Test
    void shutdownDefaultExecutorTimeout() {
        CountDownLatch never = new CountDownLatch(1);
        try (EventLoop real = EventLoop.create()) {
            real.runUntilComplete(() -> {
                real.runInExecutor(null, () -> {
                    never.await();
                    return 1;
                });
                real.shutdownDefaultExecutor(ms(10));
                calls.add("given up");
            });
        }
        never.countDown();
        assertThat(calls).containsExactly("given up");
    }

    @Test
    void setDefaultExecutor() {
        loop.setDefaultExecutor(Executors.newSingleThreadExecutor(work -> new Thread(work, "mine")));
        test.complete(() ->
                assertThat(toThread(() -> Thread.currentThread().getName())).isEqualTo("mine"));
    }

    @Test
    void defaultExcHandlerCallback() {
        RuntimeException soon = new RuntimeException("soon");
        RuntimeException later = new RuntimeException("later");
        Handle first = loop.callSoon(() -> {
            throw soon;
        });
        Handle second = loop.callLater(ms(1), () -> {
            throw later;
        });
        test.runFor(ms(2));
        assertThat(test.errors).hasSize(2);
        assertThat(test.errors.get(0).exception()).isSameAs(soon);
        assertThat(test.errors.get(0).handle()).isSameAs(first);
        assertThat(test.errors.get(0).message()).startsWith("Exception in callback");
        assertThat(test.errors.get(1).exception()).isSameAs(later);
        assertThat(test.errors.get(1).handle()).isSameAs(second);
    }

    @Test
    void setExcHandlerBroken() {
        loop.setExceptionHandler((source, error) -> {
            calls.add(error.exception().getMessage());
            throw new IllegalStateException("handler");
        });
        loop.callSoon(() -> {
            throw new RuntimeException("callback");
        });
        loop.callSoon(() -> calls.add("next"));
        test.iterate(1); // logs the handler's failure, and goes on
        assertThat(calls).containsExactly("callback", "next");
    }

    @Test
    void setExcHandlerCustom() {
        assertThat(EventLoop.create().getExceptionHandler()).isNull();
        ExceptionHandler handler = (source, error) -> {
            calls.add(source);
            calls.add(error.message());
            source.defaultExceptionHandler(new LoopError("from a test: " + error.message(), null, null));
        };
        loop.setExceptionHandler(handler);
        assertThat(loop.getExceptionHandler()).isSameAs(handler);
        loop.callExceptionHandler(new LoopError("something", null, null));
        assertThat(calls).containsExactly(loop, "something");
    }

    @Test
    void defaultExcHandlerBroken() {
        loop.setExceptionHandler(null);
        AsyncFuture<Object> future = loop.createFuture();
        future.setResult(new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("toString fails");
            }
        });
        loop.callSoon(() -> loop.callExceptionHandler(new LoopError("from a test: broken source", null, future)));
        loop.callSoon(() -> calls.add("next"));
        test.iterate(1);
        assertThat(calls).containsExactly("next");
    }

    @Test
    void noWakeupIsLost() throws Exception {
        EventLoop real = EventLoop.create();
        Thread runner = new Thread(real::runForever);
        runner.start();
        List<Thread> others = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            others.add(new Thread(() -> {
                for (int i = 0; i < 3_000; i++) {
                    CountDownLatch ran = new CountDownLatch(1);
                    real.execute(ran::countDown);
                    await(ran);
                }
            }));
        }
        others.forEach(Thread::start);
        for (Thread other : others) {
            other.join();
        }
        real.stop();
        runner.join();
        real.close();
    }

    @Test
    void interruptionEndsRunForever() throws Exception {
        EventLoop real = EventLoop.create();
        boolean[] interrupted = {false};
        Thread runner = new Thread(() -> {
            real.runForever();
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        CountDownLatch begun = new CountDownLatch(1);
        real.callSoon(begun::countDown);
        runner.start();
        begun.await();
        runner.interrupt();
        runner.join(10_000);
        assertThat(interrupted[0]).isTrue();
        real.close();
    }

    @Test
    void logSlowCallbacks() {
        List<String> slow = new ArrayList<>();
        VirtualTime time = new VirtualTime();
        Engine engine = new Engine(
                time,
                time,
                new Engine.Host() {
                    @Override
                    public Continuation polling() {
                        return new Continuation(null);
                    }

                    @Override
                    public void interrupted() {}

                    @Override
                    public void tookLong(Job job, long nanos) {
                        slow.add(job + " took " + nanos);
                    }

                    @Override
                    public void blocks(Job job, long nanos, Thread thread, StackTraceElement[] stack) {}
                },
                new Continuation(null));
        engine.reportFrom(100);
        for (long nanos : new long[] {99, 100}) {
            engine.schedule(new Job() {
                @Override
                protected void run(Continuation co) {
                    time.advance(nanos);
                }

                @Override
                public String toString() {
                    return "job";
                }
            });
        }
        engine.stop();
        engine.runForever();
        engine.close(job -> {});
        assertThat(slow).containsExactly("job took 100");
    }

    @Test
    void backgroundLoop() throws Exception {
        assertThat(EventLoop.background()
                        .submit(() -> {
                            sleep(ms(1));
                            return EventLoop.running() == EventLoop.background();
                        })
                        .get(10, TimeUnit.SECONDS))
                .isTrue();
    }
}
