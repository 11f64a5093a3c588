package dev.weft.agent.tests.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Rewritten, the programs of the corpora do what they did before, wherever they suspend, fail or are cancelled. */
@Tag("built")
class CorpusTest {
    static final List<Class<?>> CORPORA = List.of(
            LocalsCorpus.class,
            OperandStackCorpus.class,
            ConstructionCorpus.class,
            ControlFlowCorpus.class,
            SwitchCorpus.class,
            ExceptionsCorpus.class,
            ResourcesCorpus.class,
            SynchronizedCorpus.class,
            ClassesCorpus.class,
            DispatchCorpus.class,
            LambdasCorpus.class,
            RecursionCorpus.class,
            IterationCorpus.class);

    @TestFactory
    Stream<DynamicContainer> suspensionsAreInvisible() {
        return comparisons(Comparison::thorough);
    }

    /** What people see in stack traces and debuggers: shape 70. */
    @TestFactory
    Stream<DynamicContainer> everySuspensionIsOnItsLine() {
        return comparisons((original, rewritten) -> {
            List<Integer> expected = Suspensions.linesOf(() -> Trace.of(original, Plan.nothingSuspends()));
            assertThat(Suspensions.linesOf(() -> Trace.of(rewritten, Plan.nothingSuspends())))
                    .isEqualTo(expected);
            assertThat(Suspensions.linesOf(() -> Trace.of(rewritten, Plan.everythingSuspends())))
                    .isEqualTo(expected);
        });
    }

    private static Stream<DynamicContainer> comparisons(BiConsumer<Program, Program> comparison) {
        CorpusLoader untouched = CorpusLoader.untouched();
        return CORPORA.stream().map(corpus -> comparisons(corpus, untouched, comparison));
    }

    private static DynamicContainer comparisons(
            Class<?> corpus, CorpusLoader untouched, BiConsumer<Program, Program> comparison) {
        Iterator<Program> originals = Program.in(load(corpus, untouched)).iterator();
        return DynamicContainer.dynamicContainer(
                corpus.getSimpleName(), Program.in(corpus).stream().map(rewritten -> {
                    Program original = originals.next();
                    return DynamicTest.dynamicTest(rewritten.name(), () -> comparison.accept(original, rewritten));
                }));
    }

    static Class<?> load(Class<?> corpus, ClassLoader loader) {
        try {
            return Class.forName(corpus.getName(), true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
