package dev.weft.io;

import static dev.weft.Asyncio.await;
import static dev.weft.Asyncio.createTask;
import static dev.weft.Asyncio.toThread;
import static dev.weft.Asyncio.waitFor;
import static dev.weft.Asyncio.yieldNow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncTimeoutException;
import dev.weft.CancelledError;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TestLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DnsTest {
    @Test
    void looksUpNames() {
        Loopback.run(() -> {
            assertThat(Dns.lookup("localhost")).anyMatch(InetAddress::isLoopbackAddress);
            assertThat(Dns.reverse(InetAddress.getByName("127.0.0.1"))).isNotEmpty();
        });
    }

    @Test
    void whatIsAnAddressIsNotLookedUp() {
        Loopback.run(() -> {
            Task<List<InetAddress>> asking = createTask(() -> Dns.lookup("192.0.2.1"));
            yieldNow();
            assertThat(asking.result()).containsExactly(InetAddress.getByName("192.0.2.1"));
        });
    }

    @Test
    void anUnknownHostIsNamed() {
        Loopback.run(() -> {
            try {
                Dns.lookup("no.such.host.invalid");
                throw new AssertionError("found");
            } catch (UnknownHostException e) {
                assertThat(e).hasMessageContaining("no.such.host.invalid");
            }
        });
    }

    /** Counts how often it is asked, and answers when it is let go. */
    private static final class Stuck {
        final AtomicInteger asked = new AtomicInteger();
        final CountDownLatch go = new CountDownLatch(1);

        String answer() throws InterruptedException {
            asked.incrementAndGet();
            go.await();
            return "answer";
        }
    }

    @Test
    void aQuestionThatIsUnderWayIsNotAskedAgain() {
        Loopback.run(() -> {
            Stuck stuck = new Stuck();
            List<Task<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                tasks.add(createTask(() -> Lookup.ask("one", stuck::answer)));
            }
            yieldNow();
            CompletableFuture<String> otherLoop = EventLoop.background().submit(() -> Lookup.ask("one", stuck::answer));
            await(EventLoop.background().submit(() -> yieldNow()));
            stuck.go.countDown();
            for (Task<String> task : tasks) {
                assertThat(await(task)).isEqualTo("answer");
            }
            assertThat(await(otherLoop)).isEqualTo("answer");
            assertThat(stuck.asked).hasValue(1);
            assertThat(Lookup.ask("one", stuck::answer)).isEqualTo("answer");
            assertThat(stuck.asked).hasValue(2);
        });
    }

    @Test
    void whoIsCancelledGoesAtOnceAndOthersStillGetTheAnswer() {
        Loopback.run(() -> {
            Stuck stuck = new Stuck();
            Task<String> impatient = createTask(() -> Lookup.ask("two", stuck::answer));
            Task<String> patient = createTask(() -> Lookup.ask("two", stuck::answer));
            yieldNow();
            impatient.cancel();
            try {
                await(impatient);
                throw new AssertionError("answered");
            } catch (CancelledError e) {
                assertThat(impatient.isCancelled()).isTrue();
            }
            stuck.go.countDown();
            assertThat(await(patient)).isEqualTo("answer");
        });
    }

    @Test
    void aQuestionThatIsStuckHoldsUpNoOther() {
        Loopback.run(() -> {
            Stuck stuck = new Stuck();
            List<Task<String>> tasks = new ArrayList<>();
            for (int i = 0; i < Lookup.THREADS - 1; i++) {
                String name = "stuck" + i;
                tasks.add(createTask(() -> Lookup.ask(name, stuck::answer)));
            }
            yieldNow();
            assertThat(Dns.lookup("localhost")).isNotEmpty();
            assertThat(toThread(() -> "other work")).isEqualTo("other work");
            stuck.go.countDown();
            for (Task<String> task : tasks) {
                await(task);
            }
        });
    }

    @Test
    void aQuestionThatNobodyWaitsForIsNotAsked() {
        Loopback.run(() -> {
            Stuck stuck = new Stuck();
            Stuck late = new Stuck();
            List<Task<String>> tasks = new ArrayList<>();
            for (int i = 0; i < Lookup.THREADS; i++) {
                String name = "full" + i;
                tasks.add(createTask(() -> Lookup.ask(name, stuck::answer)));
            }
            Task<String> one = createTask(() -> Lookup.ask("late", late::answer));
            Task<String> two = createTask(() -> Lookup.ask("late", late::answer));
            yieldNow();
            one.cancel();
            two.cancel();
            yieldNow();
            stuck.go.countDown();
            for (Task<String> task : tasks) {
                await(task);
            }
            assertThat(late.asked).hasValue(0);
            late.go.countDown();
            assertThat(Lookup.ask("late", late::answer)).isEqualTo("answer");
            assertThat(late.asked).hasValue(1);
        });
    }

    @Test
    void failuresArriveAsTheyAre() {
        Loopback.run(() -> {
            UnknownHostException unknown = new UnknownHostException("x: not known");
            try {
                Lookup.ask("three", () -> {
                    throw unknown;
                });
                throw new AssertionError("answered");
            } catch (UnknownHostException e) {
                assertThat(e).hasMessage("x: not known").hasCause(unknown).isNotSameAs(unknown);
            }
            IllegalArgumentException broken = new IllegalArgumentException("broken");
            try {
                Lookup.ask("four", () -> {
                    throw broken;
                });
                throw new AssertionError("answered");
            } catch (IllegalArgumentException e) {
                assertThat(e).isSameAs(broken);
            }
        });
    }

    @Test
    void aClockThatJumpsWaitsForAnswers() {
        TestLoop.run(() -> {
            assertThat(waitFor(() -> Dns.lookup("localhost"), TestLoop.ms(60_000)))
                    .isNotEmpty();
            assertThat(TestLoop.millis()).isZero();
            Stuck stuck = new Stuck();
            Task<String> asking = createTask(() -> Lookup.ask("five", stuck::answer));
            yieldNow();
            asking.cancel();
            yieldNow();
            try {
                waitFor(EventLoop.running().createFuture(), TestLoop.ms(5));
                throw new AssertionError("done");
            } catch (AsyncTimeoutException e) {
                assertThat(TestLoop.millis()).isEqualTo(5);
            } finally {
                stuck.go.countDown();
            }
        });
    }
}
