package dev.weft.agent.tests.corpus;

import static dev.weft.agent.tests.corpus.Suspensions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Constructors and initialisers of all sorts are plain code: in vain, and loudly, do they suspend. Shapes 23 and 64. */
@Tag("built")
class InitialisersTest {
    @Async
    static int number(int k) {
        return i(k);
    }

    record Compact(int value) {
        Compact {
            value = number(value);
        }
    }

    record Canonical(int value) {
        Canonical(int value) {
            this.value = number(value);
        }
    }

    static final class Field {
        final int value = number(1);
    }

    static final class Block {
        final int value;

        {
            value = number(1);
        }
    }

    static class Base {
        final int value;

        Base(int value) {
            this.value = value;
        }
    }

    static final class Super extends Base {
        Super() {
            super(number(1));
        }
    }

    static final class This extends Base {
        This(int value) {
            super(value);
        }

        This() {
            this(number(1));
        }
    }

    enum Constant {
        ONE;

        final int value = number(1);
    }

    static final class OfClass {
        static final int VALUE = number(1);

        private OfClass() {}
    }

    interface OfInterface {
        int VALUE = number(1);
    }

    @SuppressWarnings("ImmutableEnumChecker")
    enum Place {
        COMPACT_CONSTRUCTOR("Compact.<init>", k -> () -> new Compact(k).value()),
        CANONICAL_CONSTRUCTOR("Canonical.<init>", k -> () -> new Canonical(k).value()),
        INSTANCE_FIELD("Field.<init>", k -> () -> new Field().value),
        INSTANCE_INITIALISER("Block.<init>", k -> () -> new Block().value),
        ARGUMENTS_OF_SUPER("Super.<init>", k -> () -> new Super().value),
        ARGUMENTS_OF_THIS("This.<init>", k -> () -> new This().value),
        ANONYMOUS_CLASS(
                "<init>",
                k -> () -> new Base(2) {
                    final int own = number(1);
                }.own),
        CONSTANT("Constant.<init>", k -> () -> Constant.ONE.value),
        STATIC_FIELD("OfClass.<clinit>", k -> () -> OfClass.VALUE),
        INTERFACE_FIELD("OfInterface.<clinit>", k -> () -> OfInterface.VALUE);

        final String culprit;
        final Function<Integer, Coroutine<Integer>> program;

        Place(String culprit, Function<Integer, Coroutine<Integer>> program) {
            this.culprit = culprit;
            this.program = program;
        }
    }

    @ParameterizedTest
    @EnumSource
    void suspensionIsRefusedAndItsPlaceNamed(Place place) {
        String outcome =
                Trace.of(place.program.apply(1), Plan.everythingSuspends()).outcome();
        assertThat(outcome).contains("IllegalStateException", "number", place.culprit, "InitialisersTest.java:");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"STATIC_FIELD", "INTERFACE_FIELD", "CONSTANT"},
            mode = EnumSource.Mode.EXCLUDE)
    void withoutSuspensionTheyWork(Place place) {
        assertThat(Trace.of(place.program.apply(1), Plan.nothingSuspends()).outcome())
                .isEqualTo("returned 1");
    }
}
