package dev.weft.examples;

import static dev.weft.Asyncio.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Cancellation, timeouts, failures. */
class FailureExamplesTest {
    @Test
    void cancellingATask() throws Exception {
        assertThat(Output.inVirtualTime(args -> run(() -> CancelAndStatus.cancelled())))
                .isEqualTo("""
                        Sending message to John Doe
                        done false, cancelled false
                        cancel() true, cancelling 1, cancelled false
                        CancelledError: why
                        done true, cancelled true, cancel() again false
                        """);
    }

    @Test
    void cancellingATaskBeforeItStarts() throws Exception {
        assertThat(Output.inVirtualTime(args -> run(() -> CancelAndStatus.cancelledBeforeItStarts())))
                .isEqualTo("cancelled before start\n");
    }

    @Test
    void statusOfATask() throws Exception {
        assertThat(Output.inVirtualTime(args -> run(() -> CancelAndStatus.finished())))
                .isEqualTo("""
                        pending: Result is not set. await <Task pending name='Task-2'> first, or ask isDone().
                        Sending message to y
                        Message sent to y
                        reply from y, exception null
                        """);
    }

    @Test
    void statusOfATaskThatFailed() throws Exception {
        assertThat(Output.inVirtualTime(args -> run(() -> CancelAndStatus.failed())))
                .isEqualTo("exception java.lang.IllegalArgumentException: x, cancelled false\n");
    }

    @Test
    void timeouts() throws Exception {
        assertThat(Output.inVirtualTime(Timeouts::main)).isEqualTo("""
                        Sending message to slow
                        timeout: AsyncTimeoutException, caused by CancelledError
                        Sending message to slow2
                        waitFor: AsyncTimeoutException
                        Sending message to p
                        Sending message to q
                        Message sent to p
                        1 done, 1 pending
                        """);
    }

    @Test
    void failingGroup() throws Exception {
        assertThat(Output.inVirtualTime(FailingGroup::main)).isEqualTo("""
                        Sending message to John Doe
                        unhandled errors in a TaskGroup (1 sub-exception)
                        [java.lang.IllegalArgumentException: boom] sibling cancelled: true
                        input and output: [java.io.IOException: unreachable]
                        others: [java.lang.IllegalArgumentException: boom, java.lang.IllegalArgumentException: boom]
                        first: boom
                        """);
    }

    @Test
    void lostFailure() throws Exception {
        assertThat(Output.inVirtualTime(LostFailure::main)).isEqualTo("""
                        main goes on
                        handler: Task exception was never retrieved: java.lang.IllegalArgumentException: lost
                        """);
    }
}
