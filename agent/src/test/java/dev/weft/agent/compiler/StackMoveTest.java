package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.util.Printer;

class StackMoveTest {
    // A capital letter is a long; the move begins below the first operand that it names.
    @ParameterizedTest
    @CsvSource({
        "POP,     ab,   a",
        "POP2,    abc,  a",
        "POP2,    aB,   a",
        "SWAP,    ab,   ba",
        "DUP,     ab,   abb",
        "DUP_X1,  ab,   bab",
        "DUP_X2,  abc,  cabc",
        "DUP_X2,  Ab,   bAb",
        "DUP2,    ab,   abab",
        "DUP2,    aB,   aBB",
        "DUP2_X1, abc,  bcabc",
        "DUP2_X1, aB,   BaB",
        "DUP2_X2, abcd, cdabcd",
        "DUP2_X2, abC,  CabC",
        "DUP2_X2, Abc,  bcAbc",
        "DUP2_X2, AB,   BAB",
    })
    void moveLeavesWhatTheInstructionLeaves(String name, String before, String after) {
        List<Object> stack = before.chars()
                .mapToObj(c -> Character.isUpperCase(c) ? Opcodes.LONG : (Object) Opcodes.INTEGER)
                .toList();

        StackMove move = StackMove.of(List.of(Printer.OPCODES).indexOf(name), stack);

        int untouched = before.length() - move.depth();
        StringBuilder result = new StringBuilder(before.substring(0, untouched));
        move.result().forEach(i -> result.append(before.charAt(untouched + i)));
        assertThat(result).hasToString(after);
    }

    @Test
    void otherInstructionsAreNoMoves() {
        assertThatIllegalArgumentException().isThrownBy(() -> StackMove.of(Opcodes.IADD, List.of()));
    }
}
