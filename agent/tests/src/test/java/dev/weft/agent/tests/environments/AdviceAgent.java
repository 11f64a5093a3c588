package dev.weft.agent.tests.environments;

import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * An agent as monitoring tools have them: its advice goes around every method of a package. The JVM shows classes to agents
 * that cannot retransform first, in the order of the command line, and then to those that can.
 */
public final class AdviceAgent {
    /** In its argument, before the name of the package: see classes while they are loaded, before Weft's agent. */
    static final String LOADING = "loading:";

    /** See them after all who cannot retransform. */
    static final String RETRANSFORMING = "retransforming:";

    /** The same, but not before the program calls {@link #installLate}, when its classes are loaded. */
    static final String LATE = "late:";

    private static Runnable installation = () -> {};

    // By the program's threads, for the test.
    static final AtomicInteger ENTERED = new AtomicInteger();
    static final AtomicInteger LEFT = new AtomicInteger();
    static final AtomicInteger FAILED = new AtomicInteger();

    private AdviceAgent() {}

    public static void premain(String argument, Instrumentation instrumentation) {
        if (argument.startsWith(LATE)) {
            installation = () -> install(argument, instrumentation);
        } else {
            install(argument, instrumentation);
        }
    }

    static void installLate() {
        installation.run();
    }

    private static void install(String argument, Instrumentation instrumentation) {
        String advised = argument.substring(argument.indexOf(':') + 1);
        // Byte Buddy leaves synthetic methods out by itself
        new AgentBuilder.Default(new ByteBuddy().with(TypeValidation.DISABLED).ignore(ElementMatchers.none()))
                .disableClassFormatChanges()
                .with(
                        argument.startsWith(LOADING)
                                ? RedefinitionStrategy.DISABLED
                                : RedefinitionStrategy.RETRANSFORMATION)
                .with(AgentBuilder.Listener.StreamWriting.toSystemOut().withErrorsOnly())
                .type(ElementMatchers.nameStartsWith(advised))
                .transform((builder, type, loader, module, domain) -> builder.visit(Advice.to(Around.class)
                        .on(ElementMatchers.isMethod().and(ElementMatchers.not(ElementMatchers.isAbstract())))))
                .installOn(instrumentation);
    }

    public static void entered() {
        ENTERED.incrementAndGet();
    }

    public static void left(boolean failed) {
        LEFT.incrementAndGet();
        FAILED.addAndGet(failed ? 1 : 0);
    }

    /** Inlined into every method: a local variable of its own, and a handler. */
    static final class Around {
        private Around() {}

        @Advice.OnMethodEnter
        static long enter() {
            entered();
            return 1L;
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter long entered, @Advice.Thrown Throwable failure) {
            left(failure != null && entered > 0);
        }
    }
}
