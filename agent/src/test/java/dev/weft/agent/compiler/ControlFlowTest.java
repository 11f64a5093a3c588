package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

class ControlFlowTest {
    private final LabelNode one = new LabelNode();
    private final LabelNode two = new LabelNode();
    private final LabelNode three = new LabelNode();

    @Test
    void instructionIsFollowedByTheNext() {
        MethodNode method = method(code -> code.insn(Opcodes.NOP).insn(Opcodes.RETURN));

        assertThat(successors(method, 0)).containsExactly(1);
        assertThat(successors(method, 1)).isEmpty();
    }

    @Test
    void nothingFollowsAThrow() {
        MethodNode method = method(
                code -> code.insn(Opcodes.ACONST_NULL).insn(Opcodes.ATHROW).insn(Opcodes.RETURN));

        assertThat(successors(method, 1)).isEmpty();
    }

    @Test
    void lastInstructionMayBeALabel() {
        MethodNode method = method(code -> code.insn(Opcodes.RETURN).label(one));

        assertThat(successors(method, 1)).isEmpty();
    }

    @Test
    void gotoLeadsToItsTargetAlone() {
        MethodNode method =
                method(code -> code.label(one).jump(Opcodes.GOTO, one).insn(Opcodes.RETURN));

        assertThat(successors(method, 1)).containsExactly(0);
    }

    @Test
    void conditionalJumpLeadsToBothSides() {
        MethodNode method = method(code -> code.insn(Opcodes.ICONST_0)
                .jump(Opcodes.IFEQ, one)
                .insn(Opcodes.NOP)
                .label(one)
                .insn(Opcodes.RETURN));

        assertThat(successors(method, 1)).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void switchesLeadToAllCasesAndTheDefault() {
        MethodNode method = method(code -> {
            code.add(new TableSwitchInsnNode(0, 1, three, one, two));
            code.add(new LookupSwitchInsnNode(three, new int[] {7}, new LabelNode[] {two}));
            code.label(one).label(two).label(three).insn(Opcodes.RETURN);
        });

        assertThat(successors(method, 0)).containsExactlyInAnyOrder(2, 3, 4);
        assertThat(successors(method, 1)).containsExactlyInAnyOrder(3, 4);
    }

    @Test
    void handlersOfATryRangeEndBeforeItsEnd() {
        MethodNode method = method(code -> code.label(one)
                .insn(Opcodes.NOP)
                .label(two)
                .insn(Opcodes.RETURN)
                .label(three)
                .insn(Opcodes.ATHROW));
        protect(method, "java/lang/Exception");
        ControlFlow flow = new ControlFlow(method);

        assertThat(flow.handlers(1)).hasSize(1);
        assertThat(flow.handlerIndex(flow.handlers(1).get(0))).isEqualTo(4);
        assertThat(flow.handlers(2)).isEmpty();
        assertThat(flow.handlers(3)).isEmpty();
    }

    @Test
    void handlerBehindACatchAllIsNotReached() {
        MethodNode method = method(code -> code.label(one)
                .insn(Opcodes.NOP)
                .label(two)
                .insn(Opcodes.RETURN)
                .label(three)
                .insn(Opcodes.ATHROW));
        protect(method, "java/lang/Exception");
        protect(method, null);
        protect(method, "java/lang/Error");

        assertThat(new ControlFlow(method).handlers(1))
                .extracting(block -> block.type)
                .containsExactly("java/lang/Exception", null);
    }

    @Test
    void handlerIsReachedFromARealInstructionOfItsRange() {
        MethodNode method = method(code -> code.label(one)
                .insn(Opcodes.NOP)
                .label(two)
                .insn(Opcodes.RETURN)
                .label(three)
                .insn(Opcodes.ATHROW));
        protect(method, null);
        ControlFlow flow = new ControlFlow(method);

        assertThat(flow.reachableFrom(List.of(0)).stream()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(flow.reachableFrom(List.of(2)).stream()).containsExactly(2, 3);
    }

    @Test
    void loopIsReachedFromWithin() {
        MethodNode method = method(code -> code.insn(Opcodes.NOP)
                .label(one)
                .insn(Opcodes.NOP)
                .insn(Opcodes.ICONST_0)
                .jump(Opcodes.IFEQ, one)
                .insn(Opcodes.RETURN));

        assertThat(new ControlFlow(method).reachableFrom(List.of(3)).stream()).containsExactly(1, 2, 3, 4, 5);
    }

    private void protect(MethodNode method, String type) {
        method.tryCatchBlocks.add(new TryCatchBlockNode(one, two, three, type));
    }

    private static List<Integer> successors(MethodNode method, int insnIndex) {
        List<Integer> successors = new ArrayList<>();
        new ControlFlow(method).successors(insnIndex, successors::add);
        return successors;
    }

    // As written: a detour through a class file would add stack maps.
    private static MethodNode method(Consumer<Code> body) {
        MethodNode method = new MethodNode(TestClass.STATIC, "work", "()V", null, null);
        Code code = new Code();
        body.accept(code);
        method.instructions = code;
        return method;
    }
}
