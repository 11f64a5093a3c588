package dev.weft.agent.tests;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.time.Duration;

/** What {@link AgentOptionsTest} runs with different options of the agent. */
public final class AgentOptionsPrograms {
    private AgentOptionsPrograms() {}

    public static void main(String[] args) {
        attempt("twice", () -> System.out.println("slept " + Unannotated.twice()));
        attempt(
                "locked without suspending",
                () -> System.out.println("locked without suspending: " + Unannotated.locked(false)));
        attempt("locked and suspending", () -> Unannotated.locked(true));
    }

    private static void attempt(String name, AsyncRunnable program) {
        try {
            run(program);
        } catch (RuntimeException e) {
            System.out.println(name + ": " + e.getClass().getSimpleName());
        }
    }

    /** Methods of somebody who has not heard of the annotation. */
    static final class Unannotated {
        private Unannotated() {}

        static int twice() {
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            return 2;
        }

        static synchronized int locked(boolean suspending) {
            if (suspending) {
                sleep(Duration.ZERO);
            }
            return 1;
        }

        static int never(NeverUsed object) {
            sleep(Duration.ZERO);
            return object.method() + NeverUsed.staticMethod();
        }
    }

    /** Called by rewritten code that never runs. */
    static final class NeverUsed extends NeverUsedBase {
        @Async
        static int staticMethod() {
            sleep(Duration.ZERO);
            return 1;
        }
    }

    /** Where the called method is declared. */
    static class NeverUsedBase {
        @Async
        int method() {
            sleep(Duration.ZERO);
            return 1;
        }
    }
}
