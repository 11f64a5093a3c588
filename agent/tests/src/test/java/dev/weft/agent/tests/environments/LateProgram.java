package dev.weft.agent.tests.environments;

import static dev.weft.Asyncio.*;

import dev.weft.Async;
import dev.weft.agent.tests.journey.Journey;
import java.io.File;
import java.time.Duration;
import net.bytebuddy.agent.ByteBuddyAgent;

/** Attaches the agent to itself; its argument is the agent's jar. */
final class LateProgram {
    private LateProgram() {}

    public static void main(String[] args) {
        attempt();
        ByteBuddyAgent.attach(
                new File(args[0]), String.valueOf(ProcessHandle.current().pid()));
        System.out.println(Journey.travel());
        attempt();
    }

    private static void attempt() {
        try {
            run(() -> early());
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Loaded before the agent is there. */
    @Async
    private static String early() {
        sleep(Duration.ZERO);
        return "early";
    }
}
