package dev.weft.agent.tests.dispatch;

import static dev.weft.agent.tests.corpus.Suspensions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.agent.tests.corpus.Compiler;
import dev.weft.agent.tests.corpus.Plan;
import dev.weft.agent.tests.corpus.Trace;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import org.junit.jupiter.api.Test;

/** Classes that a program defines while it runs: shape 67. */
class DefinedClassesTest {
    private static final String SOURCE = """
            package dev.weft.agent.tests.dispatch;
            import static dev.weft.agent.tests.corpus.Suspensions.*;
            public final class Defined implements dev.weft.Coroutine<Object> {
                @Override
                public Object run() {
                    String text = p("defined");
                    return text + i(DefinedClassesTest.invisible());
                }
            }
            """;

    static int invisible() {
        return 5;
    }

    private static byte[] classFile() {
        return Compiler.compile("dev.weft.agent.tests.dispatch.Defined", SOURCE)
                .get("dev.weft.agent.tests.dispatch.Defined");
    }

    @Test
    void aClassThatALookupDefinesIsRewritten() throws Throwable {
        Class<?> type = MethodHandles.lookup().defineClass(classFile());
        Coroutine<?> coroutine = (Coroutine<?>) type.getDeclaredConstructor().newInstance();
        assertThat(Trace.result(coroutine, Plan.everythingSuspends())).isEqualTo("defined5");
    }

    /** The JVM shows hidden classes to no agent, and none of their frames in stack traces. */
    @Test
    void aHiddenClassRunsButCannotSuspend() throws Throwable {
        Lookup hidden = MethodHandles.lookup().defineHiddenClass(classFile(), true);
        Coroutine<?> coroutine =
                (Coroutine<?>) hidden.lookupClass().getDeclaredConstructor().newInstance();
        assertThat(Trace.result(() -> called(coroutine), Plan.nothingSuspends()))
                .isEqualTo("defined5!");
        assertThat(Trace.of(() -> called(coroutine), Plan.everythingSuspends()).outcome())
                .contains("IllegalStateException", "Suspensions.p cannot suspend here", "DefinedClassesTest.called");
    }

    @Async
    private static Object called(Coroutine<?> coroutine) throws Exception {
        return coroutine.run() + p("!");
    }
}
