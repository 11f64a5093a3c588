package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static dev.weft.agent.compiler.TestClass.call;
import static dev.weft.agent.compiler.TestClass.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

class SuspensionPointsTest {
    private static final int SYNTHETIC = STATIC | Opcodes.ACC_SYNTHETIC;

    @Test
    void callsOfAsyncMethodsAreFoundInOrder() {
        MethodNode method = TestClass.method("()I", code -> {
            call(code, "pause");
            code.invokeStatic("test/Leaf", "unknown", "()V").invokeStatic("java/lang/Thread", "yield", "()V");
            call(code, "anInt");
            code.insn(Opcodes.IRETURN);
        });

        assertThat(TestClass.calls(method)).extracting(call -> call.name).containsExactly("pause", "anInt");
    }

    @Test
    void synchronizedMethodIsRefused() {
        MethodNode method = TestClass.method(STATIC | Opcodes.ACC_SYNCHRONIZED, "()V", code -> {
            line(code, 6);
            code.insn(Opcodes.NOP);
            line(code, 7);
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        Refusal refusal = refusal(method);

        assertThat(refusal)
                .isEqualTo(new Refusal(
                        "test/Host",
                        "work",
                        "()V",
                        "Host.java",
                        7,
                        "it calls Leaf.pause, which may suspend, while it holds its monitor as a synchronized method",
                        "Leave out synchronized: code of one loop is never interleaved between two suspension points;"
                                + " if it must be exclusive across them, use dev.weft.sync.AsyncLock."));
        assertThat(refusal.message())
                .isEqualTo("test.Host.work(Host.java:7) cannot be rewritten: " + refusal.reason() + ". "
                        + refusal.remedy());
    }

    @Test
    void suspensionInsideASynchronizedBlockIsRefusedAtItsLine() {
        MethodNode method = TestClass.method("(Ljava/lang/Object;)V", code -> {
            line(code, 3);
            call(code, "pause");
            line(code, 4);
            code.aload(0).insn(Opcodes.MONITORENTER);
            line(code, 5);
            call(code, "aLong");
            code.insn(Opcodes.POP2).aload(0).insn(Opcodes.MONITOREXIT).insn(Opcodes.RETURN);
        });

        Refusal refusal = refusal(method);

        assertThat(refusal.line()).isEqualTo(5);
        assertThat(refusal.reason()).isEqualTo("it calls Leaf.aLong, which may suspend, inside a synchronized block");
        assertThat(refusal.remedy())
                .startsWith("Move the call out of the block")
                .contains("AsyncLock");
    }

    @Test
    void synchronizedBlockWithoutSuspensionIsFine() {
        MethodNode method = TestClass.method("(Ljava/lang/Object;)V", code -> {
            call(code, "pause");
            code.aload(0).insn(Opcodes.MONITORENTER).aload(0).insn(Opcodes.MONITOREXIT);
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThatCode(() -> check(method)).doesNotThrowAnyException();
    }

    @Test
    void subroutinesAreRefused() {
        MethodNode method = new MethodNode(STATIC, "work", "()V", null, null);
        LabelNode subroutine = new LabelNode();
        Code code = new Code().jump(Opcodes.JSR, subroutine).insn(Opcodes.RETURN);
        code.label(subroutine).astore(0);
        call(code, "pause");
        code.add(new VarInsnNode(Opcodes.RET, 0));
        method.instructions = code;

        Refusal refusal = refusal(method);

        assertThat(refusal.reason()).isEqualTo("it has JSR or RET instructions");
        assertThat(refusal.remedy()).isEqualTo("Compile the class with a newer compiler.");
        assertThat(refusal.line()).isZero();
        assertThat(refusal.message()).startsWith("test.Host.work(Host.java) cannot be rewritten: ");
    }

    @Test
    void refusalWithoutDebugInformationSaysSo() {
        MethodNode method = TestClass.method(STATIC | Opcodes.ACC_SYNCHRONIZED, "()V", code -> {
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });
        TestClass host = TestClass.host();
        host.node.sourceFile = null;

        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> new SuspensionPoints(host.node, TestClass.hierarchy()).check(method, TestClass.calls(method)));

        assertThat(refused.refusal().message()).startsWith("test.Host.work(Unknown Source) cannot be rewritten: ");
    }

    @Test
    void tailCallOfASyntheticMethodNeedsNoPoint() {
        assertThat(tailCalls(SYNTHETIC, "()Ljava/lang/String;", "aString", Opcodes.ARETURN))
                .isTrue();
        assertThat(tailCalls(SYNTHETIC, "()V", "pause", Opcodes.RETURN)).isTrue();
        assertThat(tailCalls(SYNTHETIC, "()D", "aDouble", Opcodes.DRETURN)).isTrue();
    }

    @Test
    void tailCallOfAnOrdinaryMethodStaysInStackTraces() {
        assertThat(tailCalls(STATIC, "()V", "pause", Opcodes.RETURN)).isFalse();
    }

    @Test
    void callWhoseResultIsNotTheMethodsOwnIsNoTailCall() {
        MethodNode dropping = method(SYNTHETIC, "()V", code -> {
            call(code, "anInt");
            code.insn(Opcodes.POP).insn(Opcodes.RETURN);
        });
        MethodNode converting = method(SYNTHETIC, "()J", code -> {
            call(code, "anInt");
            code.insn(Opcodes.I2L).insn(Opcodes.LRETURN);
        });
        MethodNode voidForNull = method(SYNTHETIC, "()Ljava/lang/Object;", code -> {
            call(code, "pause");
            code.insn(Opcodes.ACONST_NULL).insn(Opcodes.ARETURN);
        });

        assertThat(List.of(dropping, converting, voidForNull))
                .allMatch(method -> tailCalls(method).isEmpty());
    }

    @Test
    void callThatLeavesAValueBehindIsNoTailCall() {
        MethodNode method = method(SYNTHETIC, "()V", code -> {
            code.push(1);
            call(code, "anInt");
            code.insn(Opcodes.RETURN);
        });

        assertThat(tailCalls(method)).isEmpty();
    }

    @Test
    void callInsideATryRangeIsNoTailCall() {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        MethodNode method = method(SYNTHETIC, "()V", code -> {
            code.label(start);
            call(code, "pause");
            code.label(end).insn(Opcodes.RETURN);
            code.insn(Opcodes.ATHROW);
        });
        LabelNode handler = new LabelNode();
        method.instructions.insertBefore(method.instructions.getLast(), handler);
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, null));

        assertThat(tailCalls(method)).isEmpty();
    }

    @Test
    void pointTellsTheOperandsBelowTheCallsOwn() {
        TestClass host = TestClass.host()
                .async(Opcodes.ACC_PUBLIC | Opcodes.ACC_NATIVE, "other", "(IJ)Ljava/lang/String;")
                .method(Opcodes.ACC_PUBLIC, "work", "()V", code -> {
                    line(code, 12);
                    code.insn(Opcodes.DCONST_0).push("kept");
                    code.aload(0).push(1).insn(Opcodes.LCONST_1);
                    code.invoke(Opcodes.INVOKEVIRTUAL, TestClass.HOST, "other", "(IJ)Ljava/lang/String;", false);
                    code.insn(Opcodes.POP2).insn(Opcodes.POP2).insn(Opcodes.RETURN);
                });
        MethodNode method = TestClass.find(host.read(), "work");
        SuspensionPoints points = new SuspensionPoints(host.node, TestClass.hierarchy(host));

        List<SuspensionPoint> analysed = points.analyse(method, points.calls(method));

        assertThat(analysed).hasSize(1);
        SuspensionPoint point = analysed.get(0);
        assertThat(point.rest()).containsExactly(Opcodes.DOUBLE, "java/lang/String");
        assertThat(point.locals()).containsExactly(TestClass.HOST);
        assertThat(point.live().isEmpty()).isTrue();
        assertThat(point.result()).isEqualTo(Type.getType(String.class));
        assertThat(point.line()).isEqualTo(12);
    }

    @Test
    void statesCountTheCallsThatCanBeReached() {
        MethodNode method = new MethodNode(STATIC, "work", "()V", null, null);
        Code code = new Code();
        call(code, "pause");
        call(code, "pause");
        code.insn(Opcodes.RETURN);
        call(code, "pause");
        method.instructions = code;

        assertThat(TestClass.points(method)).extracting(SuspensionPoint::state).containsExactly(0, 1);
    }

    private static boolean tailCalls(int access, String descriptor, String leaf, int returnOpcode) {
        return !tailCalls(method(access, descriptor, code -> {
                    call(code, leaf);
                    line(code, 3); // a label and a line number in between do not matter
                    code.insn(returnOpcode);
                }))
                .isEmpty();
    }

    private static Set<MethodInsnNode> tailCalls(MethodNode method) {
        return new SuspensionPoints(TestClass.host().node, TestClass.hierarchy())
                .tailCalls(method, TestClass.calls(method));
    }

    private static Refusal refusal(MethodNode method) {
        return catchThrowableOfType(RefusedException.class, () -> check(method)).refusal();
    }

    private static void check(MethodNode method) throws RefusedException {
        new SuspensionPoints(TestClass.host().node, TestClass.hierarchy()).check(method, TestClass.calls(method));
    }

    // As written, without a detour through a class file.
    private static MethodNode method(int access, String descriptor, Consumer<Code> body) {
        MethodNode method = new MethodNode(access, "work", descriptor, null, null);
        Code code = new Code();
        body.accept(code);
        method.instructions = code;
        return method;
    }
}
