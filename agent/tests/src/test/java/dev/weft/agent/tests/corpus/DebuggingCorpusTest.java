package dev.weft.agent.tests.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.tests.ChildJvm;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

/** The programs of the corpora once more, rewritten for debuggers. */
class DebuggingCorpusTest {
    @Test
    void suspensionsAreInvisible() {
        ChildJvm child = ChildJvm.withAgentOptions(Comparisons.class, "verify=true;debug=true");
        assertThat(child.output()).endsWith("compared\n");
        assertThat(child.status()).isZero();
    }

    static final class Comparisons {
        public static void main(String[] args) {
            CorpusLoader untouched = CorpusLoader.untouched();
            for (Class<?> corpus : CorpusTest.CORPORA) {
                Iterator<Program> originals =
                        Program.in(CorpusTest.load(corpus, untouched)).iterator();
                Program.in(corpus).forEach(program -> Comparison.brief(originals.next(), program));
            }
            System.out.println("compared");
        }
    }
}
