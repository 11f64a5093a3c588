package dev.weft;

import static dev.weft.Asyncio.generate;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** The rules of Reactive Streams, as its own tests check them. They run on real time and threads. */
@Timeout(120)
class ReactiveStreamsTckTest {
    private static final long SIGNAL_MILLIS = 1_000;
    private static final long SILENCE_MILLIS = 20;

    /** Checks {@link AsyncIterable#toPublisher}. */
    public static final class Publishers extends FlowPublisherVerification<Integer> {
        public Publishers() {
            super(new TestEnvironment(SIGNAL_MILLIS, SILENCE_MILLIS), 1_000);
        }

        @Override
        public Flow.Publisher<Integer> createFlowPublisher(long elements) {
            AsyncIterable<Integer> source = generate(out -> {
                for (int i = 0; i < elements; i++) {
                    out.yield(i);
                }
            });
            return source.toPublisher();
        }

        @Override
        public Flow.Publisher<Integer> createFailedFlowPublisher() {
            AsyncIterable<Integer> source = () -> {
                throw new IllegalStateException("no iterator");
            };
            return source.toPublisher();
        }
    }

    /** Checks the subscriber of {@link AsyncIterable#from}. */
    public static final class Subscribers extends FlowSubscriberBlackboxVerification<Integer> {
        public Subscribers() {
            super(new TestEnvironment(SIGNAL_MILLIS, SILENCE_MILLIS));
        }

        @Override
        public Flow.Subscriber<Integer> createFlowSubscriber() {
            EventLoop loop = EventLoop.background();
            Subscribed<Integer> subscriber = new Subscribed<>(loop, 4);
            loop.submit(() -> {
                while (subscriber.hasNext()) {
                    subscriber.take();
                }
            });
            return subscriber;
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }
    }

    @Test
    void publishersKeepTheRules() {
        verify(Publishers.class);
    }

    @Test
    void subscribersKeepTheRules() {
        verify(Subscribers.class);
    }

    private static void verify(Class<?> tests) {
        TestListenerAdapter outcomes = new TestListenerAdapter();
        TestNG runner = new TestNG(false);
        runner.setTestClasses(new Class<?>[] {tests});
        runner.addListener(outcomes);
        runner.setVerbose(0);
        runner.run();
        List<String> failures = new ArrayList<>();
        for (ITestResult failed : outcomes.getFailedTests()) {
            failures.add(failed.getName() + ": " + failed.getThrowable());
        }
        assertThat(failures).isEmpty();
        assertThat(outcomes.getPassedTests()).hasSizeGreaterThan(10);
    }
}
