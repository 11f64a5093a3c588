package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of a group: what {@code except*} does in Python. */
class ExceptionGroupTest {
    private final IOException disk = new IOException("disk");
    private final FileNotFoundException file = new FileNotFoundException("file");
    private final IllegalStateException state = new IllegalStateException("state");
    private final AssertionError error = new AssertionError("error");
    private final ExceptionGroup inner = new ExceptionGroup("inner", List.of(file, state));
    private final ExceptionGroup outer = new ExceptionGroup("outer", List.of(disk, inner, error));

    @Test
    void splitKeepsTheNesting() {
        ExceptionGroup.Split split = outer.split(IOException.class);

        assertThat(split.matching()).hasMessage("outer (2 sub-exceptions)");
        assertThat(split.matching().exceptions()).hasSize(2).startsWith(disk);
        ExceptionGroup matchingWithin =
                (ExceptionGroup) split.matching().exceptions().get(1);
        assertThat(matchingWithin).hasMessage("inner (1 sub-exception)");
        assertThat(matchingWithin.exceptions()).containsExactly(file);

        assertThat(split.rest().exceptions()).hasSize(2).endsWith(error);
        ExceptionGroup restWithin = (ExceptionGroup) split.rest().exceptions().get(0);
        assertThat(restWithin.exceptions()).containsExactly(state);
        assertThat(split.rest().getSuppressed()).containsExactly(restWithin, error);
    }

    @Test
    void bothPartsKeepStackTraceCauseAndWhatElseWasSuppressed() {
        RuntimeException cause = new RuntimeException("cause");
        AsyncTimeoutException timeout = new AsyncTimeoutException("late", null);
        outer.initCause(cause);
        outer.addSuppressed(timeout);

        ExceptionGroup part = outer.subgroup(AssertionError.class);

        assertThat(part.getStackTrace()).isEqualTo(outer.getStackTrace());
        assertThat(part).hasCause(cause);
        assertThat(part.getSuppressed()).containsExactly(error, timeout);
    }

    @Test
    void aPartThatIsTheWholeIsTheGroupItself() {
        assertThat(outer.split(Throwable.class)).isEqualTo(new ExceptionGroup.Split(outer, null));
        assertThat(outer.split(ArithmeticException.class)).isEqualTo(new ExceptionGroup.Split(null, outer));
        assertThat(inner.subgroup(Exception.class)).isSameAs(inner);
        assertThat(outer.subgroup(ArithmeticException.class)).isNull();
    }

    @Test
    void aGroupIsNoRuntimeExceptionForASplit() {
        ExceptionGroup.Split split = outer.split(RuntimeException.class);

        assertThat(split.matching().exceptions()).hasSize(1);
        assertThat(split.matching().firstOf(Throwable.class)).isSameAs(state);
        assertThat(outer.split(ExceptionGroup.class).matching()).isSameAs(outer);
    }

    @Test
    void splitByACondition() {
        ExceptionGroup.Split split = outer.split(failure -> failure == inner || failure == error);

        assertThat(split.matching().exceptions()).containsExactly(inner, error); // a group is taken whole
        assertThat(split.rest().exceptions()).containsExactly(disk);
        assertThat(outer.subgroup(failure -> failure == outer)).isSameAs(outer);
        assertThat(outer.subgroup(failure -> false)).isNull();
    }

    @Test
    void firstOfLooksIntoNestedGroups() {
        assertThat(outer.firstOf(IOException.class)).isSameAs(disk);
        assertThat(outer.firstOf(FileNotFoundException.class)).isSameAs(file);
        assertThat(outer.firstOf(RuntimeException.class)).isSameAs(state);
        assertThat(outer.firstOf(ExceptionGroup.class)).isSameAs(inner);
        assertThat(outer.firstOf(ArithmeticException.class)).isNull();
    }

    @Test
    void aGroupIsNotEmpty() {
        assertThatThrownBy(() -> new ExceptionGroup("nothing", List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
