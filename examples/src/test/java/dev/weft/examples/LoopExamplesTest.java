package dev.weft.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The loop itself: its life, its refusals, its order. */
class LoopExamplesTest {
    @Test
    void explicitLoop() throws Exception {
        assertThat(Output.inVirtualTime(ExplicitLoop::main)).isEqualTo("""
                        Sending message to John Doe
                        Message sent to John Doe
                        reply from John Doe false false
                        true
                        refused: Event loop is closed. Create another one with EventLoop.create().
                        """);
    }

    @Test
    void runningLoop() throws Exception {
        assertThat(Output.inVirtualTime(RunningLoop::main)).isEqualTo("""
                        outside: no running event loop: thread main runs none. Start one with Asyncio.run(() -> ...), or use EventLoop.submit from other threads.
                        inside: running true, the loop of this task true
                        """);
    }

    @Test
    void runForever() throws Exception {
        assertThat(Output.inVirtualTime(RunForever::main)).isEqualTo("""
                        tick 0
                        tick 1
                        tick 2
                        stop() called, loop still finishing this iteration
                        runForever returned; closed: false
                        closed: true
                        """);
    }

    /** The messages go on with who is to blame and what to do instead. */
    @Test
    void refusals() throws Exception {
        List<String> beginnings = List.of(
                "run: run() cannot be called from a running event loop",
                "the same loop: This event loop is already running",
                "another loop: Cannot run the event loop while another loop is running",
                "close: Cannot close a running event loop");
        assertThat(Output.inVirtualTime(Refusals::main).lines().toList())
                .zipSatisfy(beginnings, (line, beginning) -> assertThat(line).startsWith(beginning));
    }

    @Test
    void whatRunFinalises() throws Exception {
        assertThat(Output.inVirtualTime(WhatRunFinalises::main)).isEqualTo("""
                        background started
                        generator 0
                        main returns
                        background cancelled by run
                        background finally
                        generator finalised
                        7
                        """);
    }

    @Test
    void orderingFacts() throws Exception {
        assertThat(Output.inVirtualTime(OrderingFacts::main)).isEqualTo("""
                        sleep(ZERO) takes 1
                        await of a finished task takes 0
                        a call that does not suspend takes 0
                        createTask and await take 2
                        gather takes 3
                        callSoon: [0, 1, 2, 3, 4], equal deadlines: [0, 1, 2, 3, 4]
                        cancelled twice before its next step, delivered: 1
                        cancelled itself and returned: cancelled true
                        cancelled with the value on its way: cancelled true
                        timeout(ZERO) runs to the first suspension
                        timed out
                        waitFor(ZERO) does not begin
                        a cancelled get leaves 1 in the queue
                        """);
    }
}
