package dev.weft.examples;

import static dev.weft.Asyncio.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Calls, tasks, and several of them at once. */
class TaskExamplesTest {
    @Test
    void sequentialAwaits() throws Exception {
        assertThat(Output.inVirtualTime(SequentialAwaits::main)).isEqualTo("""
                        Sending message to John Doe
                        Message sent to John Doe
                        Sending message to Anna Herb
                        Message sent to Anna Herb
                        elapsed 2.00 x D
                        """);
    }

    @Test
    void twoTasks() throws Exception {
        assertThat(Output.inVirtualTime(TwoTasks::main)).isEqualTo("""
                        tasks created
                        Sending message to John Doe
                        Sending message to Anna Herb
                        Message sent to John Doe
                        Message sent to Anna Herb
                        elapsed 1.00 x D true reply from John Doe
                        """);
    }

    @Test
    void taskGroups() throws Exception {
        assertThat(Output.inVirtualTime(TaskGroups::main)).isEqualTo("""
                        body done
                        Sending message to John Doe
                        Sending message to Anna Herb
                        Message sent to John Doe
                        Message sent to Anna Herb
                        elapsed 1.00 x D reply from John Doe | reply from Anna Herb
                        """);
    }

    @Test
    void gatherGivesValuesInTheOrderOfItsArguments() throws Exception {
        assertThat(Output.inVirtualTime(args -> run(() -> Gather.values()))).isEqualTo("""
                        Sending message to John Doe
                        Sending message to Anna Herb
                        Sending message to Bob
                        Message sent to Bob
                        Message sent to Anna Herb
                        Message sent to John Doe
                        [reply from John Doe, reply from Anna Herb, reply from Bob]
                        elapsed 1.00 x D
                        """);
    }

    @Test
    void gatherOutcomesHoldsFailuresToo() throws Exception {
        assertThat(Output.inVirtualTime(args -> run(() -> Gather.outcomes()))).isEqualTo("""
                        Sending message to X
                        Message sent to X
                        reply from X
                        java.lang.IllegalArgumentException: boom
                        """);
    }

    @Test
    void gatherLetsTheOthersGoOnAfterAFailure() throws Exception {
        assertThat(Output.inVirtualTime(args -> run(() -> Gather.failure()))).isEqualTo("""
                        Sending message to survivor
                        caught java.lang.IllegalArgumentException: boom others alive: 1
                        Message sent to survivor
                        """);
    }

    @Test
    void asCompletedGoesByTheOrderOfCompletion() throws Exception {
        assertThat(Output.inVirtualTime(AsCompleted::main)).isEqualTo("""
                        Sending message to slow
                        Sending message to fast
                        Sending message to mid
                        Message sent to fast
                        reply from fast after 0.25 x D
                        Message sent to mid
                        reply from mid after 0.50 x D
                        Message sent to slow
                        reply from slow after 1.00 x D
                        Sending message to slow
                        Sending message to fast
                        Message sent to fast
                        fast true true reply from fast
                        Message sent to slow
                        slow true true reply from slow
                        Sending message to slow
                        Sending message to fast
                        Message sent to fast
                        reply from fast
                        no time left
                        Message sent to slow
                        """);
    }

    @Test
    void raceOfMirrors() throws Exception {
        assertThat(Output.inVirtualTime(RaceOfMirrors::main)).isEqualTo("""
                        near is down
                        page from far
                        slow is left after 0.50 x D
                        near is down
                        far is down
                        nobody answers: [java.io.IOException: near is down, java.io.IOException: far is down]
                        """);
    }

    @Test
    void notYetRunning() throws Exception {
        assertThat(Output.inVirtualTime(NotYetRunning::main)).isEqualTo("""
                        main goes on
                        Sending message to Anna Herb
                        Message sent to Anna Herb
                        reply from Anna Herb
                        Sending message to Anna Herb
                        Message sent to Anna Herb
                        reply from Anna Herb again
                        """);
    }

    @Test
    void fetchEndpoints() throws Exception {
        assertThat(Output.of(FetchEndpoints::main)).isEqualTo("""
                        /users 200 hello from /users
                        /orders 200 hello from /orders
                        /prices 200 hello from /prices
                        """);
    }

    /** The threads are real here, and so is the time that they take: it is not looked at. */
    @Test
    void toThread() throws Exception {
        assertThat(Output.of(ToThread::main))
                .matches("\\[a on weft-worker-\\d+, b on weft-worker-\\d+, c on the loop]\nelapsed .* x D\n");
    }
}
