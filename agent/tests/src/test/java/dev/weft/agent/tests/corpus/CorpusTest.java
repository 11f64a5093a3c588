package dev.weft.agent.tests.corpus;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Rewritten, the programs of the corpora do what they did before, wherever they suspend, fail or are cancelled. */
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
            RecursionCorpus.class);

    @TestFactory
    Stream<DynamicContainer> suspensionsAreInvisible() {
        CorpusLoader untouched = CorpusLoader.untouched();
        return CORPORA.stream().map(corpus -> comparisons(corpus, untouched));
    }

    private static DynamicContainer comparisons(Class<?> corpus, CorpusLoader untouched) {
        Iterator<Program> originals = Program.in(load(corpus, untouched)).iterator();
        return DynamicContainer.dynamicContainer(
                corpus.getSimpleName(), Program.in(corpus).stream().map(rewritten -> {
                    Program original = originals.next();
                    return DynamicTest.dynamicTest(rewritten.name(), () -> Comparison.thorough(original, rewritten));
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
