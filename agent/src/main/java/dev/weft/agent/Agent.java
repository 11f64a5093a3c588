package dev.weft.agent;

import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Where the JVM starts the agent. */
public final class Agent {
    /** Tells the runtime that an agent is there; the value is its version. */
    private static final String ATTACHED = "dev.weft.agent";

    private Agent() {}

    /** Called for {@code -javaagent}, before {@code main}. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("-javaagent:weft-agent.jar=" + arguments + ": " + e.getMessage(), e);
        }
        if (System.getProperty(ATTACHED) != null) {
            if (arguments != null && !arguments.isBlank()) {
                System.getLogger("dev.weft.agent")
                        .log(
                                Level.WARNING,
                                "The Weft agent is attached already; its second options are ignored: " + arguments);
            }
            return; // a second agent would find everything rewritten
        }
        instrumentation.addTransformer(new Transformer(options), false);
        String version = Agent.class.getPackage().getImplementationVersion();
        System.setProperty(ATTACHED, version == null ? "unknown" : version);
    }

    /** Called when the agent is attached to a running JVM; classes that are loaded already stay as they are. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        premain(arguments, instrumentation);
    }
}
