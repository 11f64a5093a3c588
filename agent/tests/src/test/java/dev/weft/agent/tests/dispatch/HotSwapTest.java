package dev.weft.agent.tests.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AsyncFuture;
import dev.weft.Asyncio;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.agent.tests.corpus.Compiler;
import dev.weft.agent.tests.corpus.CorpusLoader;
import java.lang.instrument.ClassDefinition;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/**
 * A debugger's hot swap: the code of methods is exchanged while the program runs, for what the compiler has made of an
 * edited source. Shape 67.
 */
class HotSwapTest {
    private static final String SUSPENDS = "return \"old \" + await(future) + rest();";

    private final EventLoop loop = EventLoop.create();
    private final AsyncFuture<String> future = loop.createFuture();

    @Test
    void aMethodMayGetItsFirstSuspensionPoint() throws Exception {
        Class<?> type = load("return \"plain\" + rest();");
        assertThat(run(type)).isEqualTo("plain rest");
        future.setResult("value");
        swap(type, "sleep(java.time.Duration.ZERO); return await(future) + rest();");
        assertThat(run(type)).isEqualTo("value rest");
    }

    @Test
    void aMethodMayLoseItsLastSuspensionPoint() throws Exception {
        Class<?> type = load("sleep(java.time.Duration.ZERO); return await(future) + rest();");
        swap(type, "return \"plain\" + rest();");
        assertThat(run(type)).isEqualTo("plain rest");
    }

    @Test
    void whatIsSuspendedGoesOnInNewCodeThatFits() throws Exception {
        Class<?> type = load(SUSPENDS);
        Task<Object> suspended = suspended(type);
        swap(type, SUSPENDS.replace("old", "new"));
        future.setResult("value");
        assertThat(loop.runUntilComplete(suspended)).isEqualTo("new value rest");
    }

    @Test
    void whatIsSuspendedInCodeThatNoLongerFitsFailsAndSaysWhy() throws Exception {
        Class<?> type = load(SUSPENDS);
        Task<Object> suspended = suspended(type);
        swap(type, "int more = future.hashCode(); String text = await(future); return text + more + rest();");
        future.setResult("value");
        assertThatThrownBy(() -> loop.runUntilComplete(suspended))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Swapped.java:10")
                .hasMessageContaining("redefined while it was suspended");
    }

    @Test
    void aRefusedMethodMayBecomeAGoodOneAndBack() throws Exception {
        String refused = "synchronized (this) { return await(future) + rest(); }";
        Class<?> type = load(refused);
        future.setResult("value");
        swap(type, "return await(future) + rest();");
        assertThat(run(type)).isEqualTo("value rest");
        swap(type, refused);
        assertThatThrownBy(() -> run(type)).hasMessageContaining("synchronized");
    }

    private Task<Object> suspended(Class<?> type) throws Exception {
        Task<Object> task = start(type);
        loop.runUntilComplete(() -> Asyncio.sleep(java.time.Duration.ZERO));
        assertThat(task.isDone()).isFalse();
        return task;
    }

    private Object run(Class<?> type) throws Exception {
        try {
            return loop.runUntilComplete(start(type));
        } catch (CompletionException e) {
            throw (Exception) e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private Task<Object> start(Class<?> type) throws Exception {
        Object instance =
                type.getConstructor(EventLoop.class, AsyncFuture.class).newInstance(loop, future);
        return ((Callable<Task<Object>>) instance).call();
    }

    private static Class<?> load(String body) throws Exception {
        return CorpusLoader.rewritten(compile(body)).loadClass("Swapped");
    }

    private static void swap(Class<?> type, String body) throws Exception {
        ByteBuddyAgent.install()
                .redefineClasses(new ClassDefinition(type, compile(body).get("Swapped")));
    }

    private static Map<String, byte[]> compile(String body) {
        return Compiler.compile("Swapped", """
                import dev.weft.*;
                import static dev.weft.Asyncio.*;

                public record Swapped(EventLoop loop, AsyncFuture<String> future)
                        implements java.util.concurrent.Callable<Task<Object>> {
                    public Task<Object> call() {
                        return loop.createTask(() -> work());
                    }
                    @Async Object work() {
                        %s
                    }
                    @Async String rest() {
                        return " rest";
                    }
                }
                """.formatted(body));
    }
}
