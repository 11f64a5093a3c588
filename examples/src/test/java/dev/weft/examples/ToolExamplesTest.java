package dev.weft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Generators, queues, semaphores, context variables, futures for others. */
class ToolExamplesTest {
    @Test
    void countdown() throws Exception {
        assertThat(Output.inVirtualTime(Countdown::main)).isEqualTo("""
                        3
                        2
                        others run meanwhile
                        1
                        clock put away
                        only the first: 10
                        clock put away
                        """);
    }

    @Test
    void producersAndConsumers() throws Exception {
        assertThat(Output.inVirtualTime(ProducersAndConsumers::main)).isEqualTo("""
                        letter 1 is in the queue
                        letter 2 is in the queue
                        letter 3 is in the queue
                        letter 4 is in the queue
                        Anna has delivered letter 1
                        Bob has delivered letter 2
                        letter 5 is in the queue
                        Anna has delivered letter 3
                        Bob has delivered letter 4
                        Anna has delivered letter 5
                        all delivered
                        """);
    }

    @Test
    void twoAtATime() throws Exception {
        assertThat(Output.inVirtualTime(TwoAtATime::main)).isEqualTo("""
                        calling Anna
                        calling Bob
                        calling Cleo
                        calling Dora
                        calling Emil
                        [Anna says hello, Bob says hello, Cleo says hello, Dora says hello, Emil says hello]
                        elapsed 3.00 x D
                        """);
    }

    @Test
    void requestIds() throws Exception {
        assertThat(Output.inVirtualTime(RequestIds::main).lines())
                .contains(
                        "[r1] after a pause", "[r1] on another thread", "[r2] after a pause", "[r2] on another thread")
                .endsWith("main has none");
    }

    @Test
    void futuresForOthers() throws Exception {
        assertThat(Output.inVirtualTime(FuturesForOthers::main))
                .contains("38 letters\n")
                .endsWith("reply from Bob, reply from Bob again\n");
    }
}
