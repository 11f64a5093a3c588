package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

class LivenessTest {
    private final LabelNode start = new LabelNode();
    private final LabelNode end = new LabelNode();
    private final LabelNode handler = new LabelNode();

    @Test
    void argumentThatIsReadLaterIsLive() {
        MethodNode method = method(code -> {
            call(code, "pause");
            code.load(ValueKind.INT, 1).insn(Opcodes.IRETURN);
        });

        assertThat(across(method)).containsExactly(1);
    }

    @Test
    void deadLocalIsNotSaved() {
        MethodNode method = method(code -> {
            code.load(ValueKind.INT, 0).store(ValueKind.INT, 2);
            call(code, "pause");
            code.load(ValueKind.INT, 0).insn(Opcodes.IRETURN);
        });

        assertThat(across(method)).containsExactly(0);
    }

    @Test
    void localThatIsStoredBeforeItIsReadIsDead() {
        MethodNode method = method(code -> {
            call(code, "pause");
            code.push(1).store(ValueKind.INT, 0).load(ValueKind.INT, 0).insn(Opcodes.IRETURN);
        });

        assertThat(across(method)).isEmpty();
    }

    @Test
    void localThatIsOnlyIncrementedIsLive() {
        MethodNode method = method(code -> {
            call(code, "pause");
            code.add(new IincInsnNode(1, 1));
            code.push(0).insn(Opcodes.IRETURN);
        });

        assertThat(across(method)).containsExactly(1);
    }

    @Test
    void localThatIsReadOnOneBranchIsLive() {
        LabelNode otherwise = new LabelNode();
        MethodNode method = method(code -> {
            call(code, "anInt");
            code.jump(Opcodes.IFEQ, otherwise).load(ValueKind.INT, 0).insn(Opcodes.IRETURN);
            code.label(otherwise).load(ValueKind.INT, 1).insn(Opcodes.IRETURN);
        });

        assertThat(across(method)).containsExactly(0, 1);
    }

    @Test
    void localThatTheNextRoundOfALoopReadsIsLive() {
        LabelNode loop = new LabelNode();
        MethodNode method = method(code -> {
            code.label(loop).load(ValueKind.INT, 0).insn(Opcodes.POP);
            call(code, "anInt");
            code.jump(Opcodes.IFEQ, loop).push(0).insn(Opcodes.IRETURN);
        });

        assertThat(across(method)).containsExactly(0);
    }

    @Test
    void localThatTheHandlerOfTheCallReadsIsLive() {
        MethodNode method = method(code -> {
            code.label(start);
            call(code, "pause");
            code.label(end).push(0).insn(Opcodes.IRETURN);
            code.label(handler).insn(Opcodes.POP).load(ValueKind.INT, 1).insn(Opcodes.IRETURN);
        });
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));

        assertThat(across(method)).containsExactly(1);
    }

    @Test
    void storeInsideATryRangeDoesNotKillWhatTheHandlerReads() {
        MethodNode method = method(code -> {
            call(code, "pause");
            code.label(start).push(1).store(ValueKind.INT, 1);
            code.label(end).push(0).insn(Opcodes.IRETURN);
            code.label(handler).insn(Opcodes.POP).load(ValueKind.INT, 1).insn(Opcodes.IRETURN);
        });
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));

        assertThat(across(method)).containsExactly(1);
    }

    @Test
    void handlerOfAnotherRangeDoesNotMatter() {
        MethodNode method = method(code -> {
            code.label(start).insn(Opcodes.NOP).label(end);
            call(code, "pause");
            code.push(0).insn(Opcodes.IRETURN);
            code.label(handler).insn(Opcodes.POP).load(ValueKind.INT, 1).insn(Opcodes.IRETURN);
        });
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));

        assertThat(across(method)).isEmpty();
    }

    private static List<Integer> across(MethodNode method) {
        MethodInsnNode call = TestClass.calls(method).iterator().next();
        return new Liveness(method, new ControlFlow(method))
                .across(method.instructions.indexOf(call)).stream().boxed().toList();
    }

    // static int work(int, int), with its locals in the slots 0 and 1
    private static MethodNode method(Consumer<Code> body) {
        MethodNode method = new MethodNode(TestClass.STATIC, "work", "(II)I", null, null);
        Code code = new Code();
        body.accept(code);
        method.instructions = code;
        return method;
    }
}
