package dev.weft;

import static dev.weft.Asyncio.*;
import static dev.weft.TestLoop.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Publishers of the JDK as iterables, and the way back. */
class FlowTest {
    private final List<Object> log = new ArrayList<>();

    /** A publisher that is driven by hand. */
    private static final class Manual implements Flow.Publisher<String>, Flow.Subscription {
        private final List<Object> calls = new ArrayList<>();
        private final AtomicReference<Flow.Subscriber<? super String>> subscriber = new AtomicReference<>();

        @Override
        public void subscribe(Flow.Subscriber<? super String> next) {
            subscriber.set(next);
            next.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            calls.add(count);
        }

        @Override
        public void cancel() {
            calls.add("cancel");
        }

        Flow.Subscriber<? super String> subscriber() {
            return subscriber.get();
        }
    }

    @Test
    void aLoopTakesWhatAnotherThreadPublishes() {
        TestLoop.run(() -> {
            SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
            Thread thread = new Thread(() -> {
                while (!publisher.hasSubscribers()) {
                    Thread.onSpinWait();
                }
                for (int i = 0; i < 1000; i++) {
                    publisher.submit(i);
                }
                publisher.close();
            });
            thread.start();
            int sum = 0;
            for (int i : AsyncIterable.from(publisher)) {
                sum += i;
            }
            assertThat(sum).isEqualTo(499_500);
            thread.join();
        });
    }

    @Test
    void moreIsRequestedWhenHalfIsTaken() {
        TestLoop.run(() -> {
            Manual publisher = new Manual();
            AsyncIterator<String> iterator = AsyncIterable.from(publisher, 4).iterator();
            assertThat(publisher.calls).isEmpty();
            Task<String> first = createTask(() -> iterator.next());
            sleep(ms(1));
            assertThat(publisher.calls).containsExactly(4L);
            for (String element : List.of("a", "b", "c", "d")) {
                publisher.subscriber().onNext(element);
            }
            assertThat(await(first)).isEqualTo("a");
            assertThat(publisher.calls).containsExactly(4L);
            assertThat(iterator.next()).isEqualTo("b");
            assertThat(publisher.calls).containsExactly(4L, 2L);
            publisher.subscriber().onComplete();
            sleep(ms(1));
            assertThat(iterator.next()).isEqualTo("c");
            assertThat(iterator.next()).isEqualTo("d");
            assertThat(iterator.hasNext()).isFalse();
            assertThat(publisher.calls).containsExactly(4L, 2L);
        });
    }

    @Test
    void aFailureIsThrownBehindTheElements() {
        TestLoop.run(() -> {
            Manual publisher = new Manual();
            AsyncIterator<String> iterator = AsyncIterable.from(publisher).iterator();
            EventLoop.running().callSoon(() -> {
                publisher.subscriber().onNext("a");
                publisher.subscriber().onError(new IOException("torn"));
            });
            assertThat(iterator.next()).isEqualTo("a");
            try {
                iterator.hasNext();
                log.add("no exception");
            } catch (CompletionException e) {
                log.add(e.getCause().getMessage());
            }
            assertThat(iterator.hasNext()).isFalse();
        });
        assertThat(log).containsExactly("torn");
    }

    @Test
    void toCloseAnIterationCancelsTheSubscription() {
        TestLoop.run(() -> {
            Manual publisher = new Manual();
            EventLoop.running().callSoon(() -> publisher.subscriber().onNext("a"));
            try (AsyncIterator<String> iterator = AsyncIterable.from(publisher).iterator()) {
                log.add(iterator.next());
            }
            publisher.subscriber().onNext("late");
            assertThat(publisher.calls).containsExactly(16L, "cancel");
        });
        assertThat(log).containsExactly("a");
    }

    @Test
    void aCancelledWaitLeavesTheSubscriptionAlone() {
        TestLoop.run(() -> {
            Manual publisher = new Manual();
            AsyncIterator<String> iterator = AsyncIterable.from(publisher).iterator();
            try {
                waitFor(() -> iterator.next(), ms(1));
            } catch (AsyncTimeoutException e) {
                log.add("late");
            }
            publisher.subscriber().onNext("a");
            log.add(iterator.next());
            iterator.close();
        });
        assertThat(log).containsExactly("late", "a");
    }

    @Test
    void anAbandonedSubscriptionIsCancelledOnceItIsUnreachable() {
        TestLoop.run(() -> {
            Manual publisher = new Manual();
            abandon(publisher);
            while (!publisher.calls.contains("cancel")) {
                System.gc();
                sleep(ms(1));
            }
        });
    }

    @Async
    private void abandon(Manual publisher) {
        EventLoop.running().callSoon(() -> publisher.subscriber().onNext("a"));
        log.add(AsyncIterable.from(publisher).iterator().next());
    }

    @Test
    void roomForNothingIsRefused() {
        assertThatThrownBy(() -> AsyncIterable.from(new Manual(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSubscriberGetsWhatIsYielded() throws InterruptedException {
        AsyncIterable<Integer> source = generate(out -> {
            for (int i = 0; i < 200; i++) {
                out.yield(i);
            }
        });
        List<Integer> seen = new ArrayList<>();
        try (SubmissionPublisher<Integer> hub = new SubmissionPublisher<>()) {
            Thread consumer = new Thread(() -> hub.consume(seen::add).join());
            consumer.start();
            while (!hub.hasSubscribers()) {
                Thread.onSpinWait();
            }
            source.toPublisher().subscribe(new Forwarding(hub));
            consumer.join(TimeUnit.SECONDS.toMillis(10));
        }
        assertThat(seen).hasSize(200).isSorted();
    }

    /** Asks for one element at a time. */
    private record Forwarding(SubmissionPublisher<Integer> hub, AtomicReference<Flow.Subscription> subscription)
            implements Flow.Subscriber<Integer> {
        Forwarding(SubmissionPublisher<Integer> hub) {
            this(hub, new AtomicReference<>());
        }

        @Override
        public void onSubscribe(Flow.Subscription next) {
            subscription.set(next);
            next.request(1);
        }

        @Override
        public void onNext(Integer item) {
            hub.submit(item);
            subscription.get().request(1);
        }

        @Override
        public void onError(Throwable thrown) {
            hub.closeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            hub.close();
        }
    }

    @Test
    void thereAndBack() {
        TestLoop.run(() -> {
            AsyncIterable<Integer> source = generate(out -> {
                for (int i = 0; i < 5; i++) {
                    sleep(ms(10));
                    out.yield(i);
                }
            });
            for (int i : AsyncIterable.from(source.toPublisher(), 1)) {
                log.add(i);
            }
        });
        assertThat(log).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void toCancelASubscriptionClosesTheIteration() {
        TestLoop.run(() -> {
            AsyncIterable<Integer> source = generate(out -> {
                try {
                    while (true) {
                        sleep(ms(10));
                        out.yield(1);
                    }
                } finally {
                    sleep(ms(1));
                    log.add("finally");
                }
            });
            try (AsyncIterator<Integer> iterator =
                    AsyncIterable.from(source.toPublisher()).iterator()) {
                log.add(iterator.next());
            }
            sleep(ms(5));
        });
        assertThat(log).containsExactly(1, "finally");
    }
}
