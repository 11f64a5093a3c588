package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LabelNode;

class CopiedLocalsTest {
    @Test
    void operandThatIsLoadedFromALiveLocalIsACopy() {
        assertThat(copied("(ILjava/lang/String;J)V", code -> {
                    code.load(ValueKind.LONG, 2).aload(1).push(7).load(ValueKind.INT, 0);
                    call(code, "pause");
                    use(code, "IIAJ");
                    code.load(ValueKind.LONG, 2).aload(1).load(ValueKind.INT, 0);
                    use(code, "IAJ");
                }))
                .containsExactly(2, 1, CopiedLocals.NONE, 0);
    }

    @Test
    void copyOfALocalThatIsNotNeededIsSavedItself() {
        assertThat(copied("(Ljava/lang/String;)V", code -> {
                    code.aload(0);
                    call(code, "pause");
                    use(code, "A");
                }))
                .containsExactly(CopiedLocals.NONE);
    }

    @Test
    void assignmentMakesTheOperandAFormerValue() {
        assertThat(copied("(Ljava/lang/String;IJ)V", code -> {
                    code.aload(0).load(ValueKind.INT, 1).load(ValueKind.LONG, 2);
                    code.push("x").astore(0).add(new IincInsnNode(1, 1));
                    code.insn(Opcodes.LCONST_0).store(ValueKind.LONG, 2);
                    call(code, "pause");
                    use(code, "JIA");
                    code.aload(0).load(ValueKind.INT, 1).load(ValueKind.LONG, 2);
                    use(code, "JIA");
                }))
                .containsOnly(CopiedLocals.NONE);
    }

    @Test
    void assignmentToHalfOfALongIsOneToIt() {
        assertThat(copied("(JI)V", code -> {
                    code.load(ValueKind.LONG, 0).load(ValueKind.INT, 2);
                    code.push(1).store(ValueKind.INT, 1);
                    call(code, "pause");
                    use(code, "IJ");
                    code.load(ValueKind.INT, 1).load(ValueKind.INT, 2);
                    use(code, "II");
                }))
                .containsExactly(CopiedLocals.NONE, 2);
    }

    @Test
    void resultOfAnInstructionIsNoCopyOfItsOperand() {
        assertThat(copied("(Ljava/lang/Object;Ljava/lang/String;I)V", code -> {
                    code.aload(0).cast("java/lang/String");
                    code.load(ValueKind.INT, 2).insn(Opcodes.INEG);
                    code.aload(1).aload(0).insn(Opcodes.SWAP);
                    call(code, "pause");
                    use(code, "AAIA");
                    code.aload(0).aload(1).load(ValueKind.INT, 2);
                    use(code, "IAA");
                }))
                .containsOnly(CopiedLocals.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "I, INT, INEG",
        "I, INT, I2B",
        "I, INT, I2C",
        "I, INT, I2S",
        "F, FLOAT, FNEG",
        "J, LONG, LNEG",
        "D, DOUBLE, DNEG",
    })
    void resultOfTheSameTypeIsNoCopyEither(String type, ValueKind kind, String opcode)
            throws ReflectiveOperationException {
        int conversion = Opcodes.class.getField(opcode).getInt(null);
        String pop = kind.slots() == 2 ? "J" : type;

        assertThat(copied("(" + type + ")V", code -> {
                    code.load(kind, 0).load(kind, 0).insn(conversion);
                    call(code, "pause");
                    use(code, pop + pop);
                    code.load(kind, 0);
                    use(code, pop);
                }))
                .containsExactly(0, CopiedLocals.NONE);
    }

    @Test
    void whatLiesBelowIsNotTouched() {
        assertThat(copied("(Ljava/lang/String;)V", code -> {
                    code.aload(0).push(1).push(2).insn(Opcodes.IADD);
                    call(code, "pause");
                    use(code, "IA");
                    code.aload(0);
                    use(code, "A");
                }))
                .containsExactly(0, CopiedLocals.NONE);
    }

    @Test
    void nothingIsKnownWherePathsJoin() {
        LabelNode otherwise = new LabelNode();
        LabelNode join = new LabelNode();

        assertThat(copied("(Ljava/lang/String;Ljava/lang/String;I)V", code -> {
                    code.load(ValueKind.INT, 2).jump(Opcodes.IFEQ, otherwise);
                    code.aload(0).jump(Opcodes.GOTO, join);
                    code.label(otherwise).aload(1);
                    code.label(join);
                    call(code, "pause");
                    use(code, "A");
                    code.aload(0).aload(1);
                    use(code, "AA");
                }))
                .containsExactly(CopiedLocals.NONE);
    }

    @Test
    void debuggersMayChangeTheLocalAlone() {
        SuspensionPoint point = TestClass.points(TestClass.method("(Ljava/lang/String;)V", code -> {
                    code.aload(0);
                    call(code, "pause");
                    use(code, "A");
                    code.aload(0);
                    use(code, "A");
                    code.insn(Opcodes.RETURN);
                }))
                .get(0);

        assertThat(point.isCopy(0)).isTrue();
        assertThat(point.withoutCopies().isCopy(0)).isFalse();
    }

    private static List<Integer> copied(String descriptor, Consumer<Code> body) {
        return TestClass.points(TestClass.method(descriptor, code -> {
                    body.accept(code);
                    code.insn(Opcodes.RETURN);
                }))
                .get(0)
                .copied();
    }

    // Takes operands from the stack, the uppermost first.
    private static void use(Code code, String kinds) {
        for (char kind : kinds.toCharArray()) {
            code.insn(kind == 'J' ? Opcodes.POP2 : Opcodes.POP);
        }
    }
}
