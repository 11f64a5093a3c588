package dev.weft;

import static dev.weft.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Executors that send work elsewhere: it is copied on its way, and its value comes back by their own future. */
class DistributedWorkTest {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    /** What can travel. */
    private interface Work extends Callable<Object>, Serializable {}

    @Test
    void theValueComesBackByTheExecutorsFuture() {
        run(() -> {
            for (Elsewhere executor : new Elsewhere[] {new WithStages(), new Elsewhere()}) {
                String name = "Anna";
                Work work = () -> name + " on " + Thread.currentThread().getName();
                assertThat(await(EventLoop.running().runInExecutor(executor, work)))
                        .isEqualTo("Anna on elsewhere");
            }
        });
    }

    @Test
    void failuresComeBackAsTheyAre() {
        run(() -> {
            for (Elsewhere executor : new Elsewhere[] {new WithStages(), new Elsewhere()}) {
                for (Throwable failure : new Throwable[] {new IllegalArgumentException("a"), new AssertionError("b")}) {
                    Work work = () -> {
                        if (failure instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) failure;
                    };
                    try {
                        await(EventLoop.running().runInExecutor(executor, work));
                        throw new IllegalStateException("no failure");
                    } catch (IllegalArgumentException | AssertionError e) {
                        assertThat(e).hasSameClassAs(failure).hasMessage(failure.getMessage());
                    }
                }
                Work work = () -> {
                    throw new IOException("c");
                };
                try {
                    await(EventLoop.running().runInExecutor(executor, work));
                    throw new IllegalStateException("no failure");
                } catch (CompletionException e) {
                    assertThat(e.getCause()).isInstanceOf(IOException.class).hasMessage("c");
                }
            }
        });
    }

    @Test
    void toCancelTheWaitCancelsTheExecutorsFuture() {
        run(() -> {
            for (Elsewhere executor : new Elsewhere[] {new WithStages(), new Elsewhere()}) {
                Work work = () -> {
                    NEVER.await();
                    return null;
                };
                AsyncFuture<Object> waiting = EventLoop.running().runInExecutor(executor, work);
                yieldNow();
                waiting.cancel();
                try {
                    await(waiting);
                    throw new IllegalStateException("not cancelled");
                } catch (CancelledError e) {
                    yieldNow(); // callbacks of the future run with the others that are ready
                    assertThat(executor.futures).allMatch(Future::isCancelled).hasSize(1);
                }
            }
        });
    }

    @Test
    void workThatCannotTravelAndExecutorsOfTheJdkNeedNoCopies() {
        run(() -> {
            Object here = new Object();
            Elsewhere executor = new WithStages();
            assertThat(await(EventLoop.running().runInExecutor(executor, () -> here)))
                    .isSameAs(here);
            assertThat(executor.futures).isEmpty();

            ExecutorService jdk = Executors.newSingleThreadExecutor();
            Work work = () -> new ArrayList<>(List.of(1));
            assertThat(await(EventLoop.running().runInExecutor(jdk, work))).isEqualTo(List.of(1));
            assertThat(DistributedWork.mayLeave(jdk)).isFalse();
            jdk.shutdown();
        });
    }

    /** Does a copy of what is submitted, on another thread. */
    private static class Elsewhere extends AbstractExecutorService {
        final List<Future<?>> futures = new ArrayList<>(); // that it has given out

        @Override
        public <T> Future<T> submit(Callable<T> work) {
            FutureTask<T> future = new FutureTask<>(copy(work));
            futures.add(future);
            execute(future);
            return future;
        }

        @Override
        public void execute(Runnable work) {
            Thread thread = new Thread(work, "elsewhere");
            thread.setDaemon(true);
            thread.start();
        }

        @SuppressWarnings("unchecked")
        static <T> Callable<T> copy(Callable<T> work) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                new ObjectOutputStream(bytes).writeObject(work);
                return (Callable<T>) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
            } catch (IOException | ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    /** As those do whose futures tell when they are done. */
    private static final class WithStages extends Elsewhere {
        @Override
        public <T> Future<T> submit(Callable<T> work) {
            Callable<T> copy = copy(work);
            CompletableFuture<T> future = new CompletableFuture<>();
            futures.add(future);
            execute(() -> {
                try {
                    future.complete(copy.call());
                } catch (Throwable failure) {
                    future.completeExceptionally(failure);
                }
            });
            return future;
        }
    }
}
