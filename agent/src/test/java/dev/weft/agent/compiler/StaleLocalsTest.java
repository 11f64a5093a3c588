package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static dev.weft.agent.compiler.TestClass.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

class StaleLocalsTest {
    @Test
    void variableThatIsNotRestoredEndsAtTheResumePointAndBeginsWhereItIsStored() {
        MethodNode body = resumeBody(false);

        assertThat(body.localVariables).extracting(variable -> variable.name).containsExactly("a", "b");
        assertThat(opcodes(body.localVariables.get(0)))
                .doesNotContain(Opcodes.ISTORE)
                .contains(Opcodes.POP);
        assertThat(opcodes(body.localVariables.get(1))).contains(Opcodes.ISTORE, Opcodes.POP);
    }

    @Test
    void variablesAreKeptForDebuggers() {
        MethodNode body = resumeBody(true);

        assertThat(body.localVariables).extracting(variable -> variable.name).containsExactly("a", "b");
        assertThat(body.localVariables)
                .allSatisfy(variable -> assertThat(opcodes(variable)).contains(Opcodes.ISTORE, Opcodes.POP));
    }

    @Test
    void methodThatHasNoRoomForItsVariablesIsRewrittenWithoutThem() {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        TestClass host = TestClass.host().async(STATIC, "work", "()V", code -> {
            for (int slot = 0; slot < 60; slot++) {
                code.push(slot).store(ValueKind.INT, slot);
            }
            code.label(start);
            for (int i = 0; i < 90; i++) {
                call(code, "pause");
            }
            code.insn(Opcodes.RETURN).label(end);
        });
        host.last().localVariables = IntStream.range(0, 60)
                .mapToObj(slot -> new LocalVariableNode("v" + slot, "I", null, start, end, slot))
                .toList();

        CompiledClass compiled = ClassCompiler.atLoad(TestClass.hierarchy(), () -> Purpose.DEBUGGING)
                .compile(host.bytes());

        assertThat(compiled.refusals()).isEmpty();
        Verified.rewritten(compiled);
    }

    // static void work(int a, String b) { pause(); a = 7; b; }
    private static MethodNode resumeBody(boolean kept) {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        TestClass host = TestClass.host().method(STATIC, "work", "(ILjava/lang/String;)V", code -> {
            code.label(start);
            call(code, "pause");
            code.push(7)
                    .store(ValueKind.INT, 0)
                    .aload(1)
                    .insn(Opcodes.POP)
                    .insn(Opcodes.RETURN)
                    .label(end);
        });
        host.last().localVariables = List.of(
                new LocalVariableNode("a", "I", null, start, end, 0),
                new LocalVariableNode("b", "Ljava/lang/String;", null, start, end, 1));
        MethodNode method = TestClass.find(host.read(), "work");
        AsyncMethod work = TwinEmitterTest.work(method, 0);
        if (kept) {
            ScopedLocals.keep(method, work.points(), type -> true);
            work = new AsyncMethod(
                    work.owner(),
                    false,
                    method,
                    work.points(),
                    work.tailCalls(),
                    new FrameLayout(work.points()),
                    0,
                    Purpose.DEBUGGING);
        }
        return ResumeEmitter.emit(work, "work$resume");
    }

    private static List<Integer> opcodes(LocalVariableNode variable) {
        List<Integer> opcodes = new ArrayList<>();
        for (AbstractInsnNode insn = variable.start; insn != variable.end; insn = insn.getNext()) {
            opcodes.add(insn.getOpcode());
        }
        return opcodes;
    }
}
