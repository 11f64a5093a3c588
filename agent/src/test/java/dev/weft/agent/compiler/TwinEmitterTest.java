package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static dev.weft.agent.compiler.TestClass.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

class TwinEmitterTest {
    @Test
    void twinIsTheOriginalCodeWithATestBehindEachCall() {
        MethodNode twin = twin("(Ljava/lang/String;)Ljava/lang/String;", code -> {
            call(code, "pause");
            code.aload(0).insn(Opcodes.ARETURN);
        });

        assertThat(twin.name).isEqualTo("work$async");
        assertThat(twin.desc).isEqualTo("(Ljava/lang/String;Ldev/weft/internal/Continuation;)Ljava/lang/String;");
        assertThat(Listing.withFrames(twin))
                .containsExactly(
                        "ALOAD 1",
                        "INVOKESTATIC test/Leaf.pause$async (Ldev/weft/internal/Continuation;)V",
                        "ALOAD 1",
                        "GETFIELD dev/weft/internal/Continuation.suspended : Z",
                        "IFNE L0",
                        "ALOAD 0",
                        "ARETURN",
                        "L0",
                        "FRAME FULL [java/lang/String dev/weft/internal/Continuation] []",
                        "NEW dev/weft/internal/Frame$R1I0J0",
                        "DUP",
                        "INVOKESPECIAL dev/weft/internal/Frame$R1I0J0.<init> ()V",
                        "ASTORE 2",
                        "ALOAD 2",
                        "ALOAD 0",
                        "PUTFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;",
                        "ALOAD 1",
                        "ALOAD 2",
                        "ICONST_0",
                        "INVOKESTATIC test/Host.weft$suspend"
                                + " (Ldev/weft/internal/Continuation;Ldev/weft/internal/Frame;I)Ljava/lang/Object;",
                        "POP",
                        "ACONST_NULL",
                        "ARETURN");
    }

    @Test
    void operandsAreSavedAndTheDummyResultIsDropped() {
        MethodNode twin = twin("()J", code -> {
            code.insn(Opcodes.LCONST_1).push("below");
            call(code, "aLong");
            code.insn(Opcodes.POP2).insn(Opcodes.POP).insn(Opcodes.LRETURN);
        });

        List<String> listing = Listing.withFrames(twin);
        assertThat(listing.subList(listing.indexOf("L0"), listing.size()))
                .containsExactly(
                        "L0",
                        "FRAME FULL [dev/weft/internal/Continuation] [J java/lang/String J]",
                        "POP2",
                        "ASTORE 1",
                        "LSTORE 2",
                        "NEW dev/weft/internal/Frame$R1I0J1",
                        "DUP",
                        "INVOKESPECIAL dev/weft/internal/Frame$R1I0J1.<init> ()V",
                        "ASTORE 5",
                        "ALOAD 5",
                        "LLOAD 2",
                        "PUTFIELD dev/weft/internal/Frame$R1I0J1.j0 : J",
                        "ALOAD 5",
                        "ALOAD 1",
                        "PUTFIELD dev/weft/internal/Frame$R1I0J1.r0 : Ljava/lang/Object;",
                        "ALOAD 0",
                        "ALOAD 5",
                        "ICONST_0",
                        "INVOKESTATIC test/Host.weft$suspend"
                                + " (Ldev/weft/internal/Continuation;Ldev/weft/internal/Frame;I)Ljava/lang/Object;",
                        "POP",
                        "LCONST_0",
                        "LRETURN");
    }

    @Test
    void localsBehindTheArgumentsMoveByOne() {
        MethodNode twin = twin("(I)I", code -> {
            code.load(ValueKind.INT, 0).store(ValueKind.INT, 1);
            call(code, "pause");
            code.load(ValueKind.INT, 1).insn(Opcodes.IRETURN);
        });

        assertThat(Listing.of(twin))
                .startsWith("ILOAD 0", "ISTORE 2", "ALOAD 1")
                .contains("ILOAD 2");
    }

    @Test
    void argumentsMoveTooWhereALongIsStoredOverTheLast() {
        MethodNode twin = twin("(I)J", code -> {
            code.insn(Opcodes.LCONST_1).store(ValueKind.LONG, 0);
            call(code, "pause");
            code.load(ValueKind.LONG, 0).insn(Opcodes.LRETURN);
        });

        assertThat(Listing.of(twin)).startsWith("ILOAD 0", "ISTORE 2", "LCONST_1", "LSTORE 2", "ALOAD 1");
    }

    @Test
    void pointsOfAMethodCountOnThroughItsClass() {
        MethodNode method = TestClass.method("()V", code -> {
            call(code, "pause");
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        List<String> listing = Listing.of(TwinEmitter.emit(work(method, 7)));

        assertThat(listing).containsSubsequence("BIPUSH 7", "RETURN", "BIPUSH 8", "RETURN");
    }

    @Test
    void tailCallIsNotTested() {
        MethodNode method = TestClass.method("()V", code -> {
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });
        AsyncMethod work = new AsyncMethod(
                TestClass.HOST,
                false,
                method,
                List.of(),
                Set.copyOf(TestClass.calls(method)),
                new FrameLayout(List.of()),
                0,
                Purpose.PRODUCTION);

        assertThat(Listing.of(TwinEmitter.emit(work)))
                .containsExactly(
                        "ALOAD 0", "INVOKESTATIC test/Leaf.pause$async (Ldev/weft/internal/Continuation;)V", "RETURN");
    }

    @Test
    void handlersLineNumbersAndVariablesAreKept() {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode handler = new LabelNode();
        TestClass host = TestClass.host().method(STATIC, "work", "(I)V", code -> {
            code.label(start);
            TestClass.line(code, 5);
            call(code, "pause");
            code.label(end)
                    .insn(Opcodes.RETURN)
                    .label(handler)
                    .insn(Opcodes.POP)
                    .insn(Opcodes.RETURN);
        });
        host.last().tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, "java/lang/Exception"));
        host.last().localVariables = List.of(new LocalVariableNode("count", "I", null, start, end, 0));
        MethodNode method = TestClass.find(host.read(), "work");

        MethodNode twin = TwinEmitter.emit(work(method, 0));

        assertThat(twin.tryCatchBlocks)
                .singleElement()
                .satisfies(block -> assertThat(block.type).isEqualTo("java/lang/Exception"));
        assertThat(twin.localVariables)
                .singleElement()
                .satisfies(variable -> assertThat(variable.name).isEqualTo("count"));
        assertThat(Twins.firstLine(twin)).isEqualTo(5);
    }

    static AsyncMethod work(MethodNode method, int firstPoint) {
        List<SuspensionPoint> points = TestClass.points(method);
        return new AsyncMethod(
                TestClass.HOST,
                false,
                method,
                points,
                Set.of(),
                new FrameLayout(points),
                firstPoint,
                Purpose.PRODUCTION);
    }

    private static MethodNode twin(String descriptor, Consumer<Code> body) {
        Verified.rewritten(
                TestClass.host().async(STATIC, "work", descriptor, body).compile());
        return TwinEmitter.emit(work(TestClass.method(descriptor, body), 0));
    }
}
