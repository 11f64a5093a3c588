package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static dev.weft.agent.compiler.TestClass.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

class ResumeEmitterTest {
    private static final String FRAME_R1 =
            "FRAME FULL [dev/weft/internal/Frame$R1I0J0 dev/weft/internal/Continuation java/lang/Object java/lang/String]";

    @Test
    void resumeBodyRestoresAndGoesOnBehindTheCall() {
        MethodNode body = body("(Ljava/lang/String;)Ljava/lang/String;", code -> {
            code.push(42).insn(Opcodes.POP);
            call(code, "pause");
            code.aload(0).insn(Opcodes.ARETURN);
        });

        assertThat(body.name).isEqualTo("work$resume");
        assertThat(body.desc).isEqualTo(RuntimeNames.RESUME_DESCRIPTOR);
        assertThat(body.access).isEqualTo(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC);
        assertThat(Listing.withFrames(body))
                .containsExactly(
                        "ALOAD 0",
                        "CHECKCAST dev/weft/internal/Frame$R1I0J0",
                        "ASTORE 0",
                        "ALOAD 0",
                        "GETFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;",
                        "CHECKCAST java/lang/String",
                        "ALOAD 0",
                        "ACONST_NULL",
                        "PUTFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;",
                        "ASTORE 3",
                        "GOTO L0",
                        "L0",
                        FRAME_R1 + " []",
                        "ALOAD 1",
                        "INVOKESTATIC dev/weft/internal/Continuation.resumed (Ldev/weft/internal/Continuation;)V",
                        "ALOAD 3",
                        "ARETURN");
    }

    @Test
    void resultIsForgottenOnceTheCallerHasIt() {
        assertThat(bodyListing("()Ljava/lang/String;", code -> {
                    call(code, "aString");
                    code.insn(Opcodes.ARETURN);
                }))
                .endsWith(
                        "ALOAD 2",
                        "ALOAD 1",
                        "INVOKESTATIC dev/weft/internal/Continuation.resumed"
                                + " (Ljava/lang/Object;Ldev/weft/internal/Continuation;)Ljava/lang/Object;",
                        "CHECKCAST java/lang/String",
                        "ACONST_NULL",
                        "ASTORE 2",
                        "ARETURN");
    }

    @Test
    void primitivesGoThroughTheContinuation() {
        assertPrimitive("anInt", "I", "resumedInt", Opcodes.IRETURN);
        assertPrimitive("aLong", "J", "resumedLong", Opcodes.LRETURN);
        assertPrimitive("aFloat", "F", "resumedFloat", Opcodes.FRETURN);
        assertPrimitive("aDouble", "D", "resumedDouble", Opcodes.DRETURN);
    }

    private static void assertPrimitive(String leaf, String type, String resumed, int returnOpcode) {
        String owner = "INVOKESTATIC dev/weft/internal/Continuation.";
        assertThat(bodyListing("()" + type, code -> {
                    call(code, leaf);
                    code.insn(returnOpcode);
                }))
                .endsWith(
                        "ALOAD 1",
                        owner + resumed + " (Ldev/weft/internal/Continuation;)" + type,
                        "ALOAD 1",
                        owner + "returned (" + type + "Ldev/weft/internal/Continuation;)Ljava/lang/Object;",
                        "ARETURN");
    }

    @Test
    void severalPointsAreTakenApartByASwitch() {
        List<String> listing = bodyListing("()V", code -> {
            call(code, "pause");
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThat(listing)
                .startsWith(
                        "ALOAD 0",
                        "CHECKCAST dev/weft/internal/Frame$R0I0J0",
                        "ASTORE 0",
                        "ALOAD 0",
                        "GETFIELD dev/weft/internal/Frame.point : Ldev/weft/internal/ResumePoint;",
                        "GETFIELD dev/weft/internal/ResumePoint.state : I",
                        "TABLESWITCH 0: L0 1: L1 default: L0",
                        "L0",
                        "GOTO L2",
                        "L1",
                        "GOTO L3");
    }

    @Test
    void callThatCannotBeReachedAgainIsLeftOut() {
        List<String> listing = bodyListing("()V", code -> {
            call(code, "pause");
            call(code, "anInt");
            code.insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        assertThat(listing)
                .noneMatch(insn -> insn.contains("pause$async"))
                .anyMatch(insn -> insn.contains("anInt$async"));
    }

    @Test
    void loopKeepsItsCallAndSavesIntoTheSameFrame() {
        LabelNode loop = new LabelNode();
        MethodNode body = body("(Ljava/lang/String;)V", code -> {
            code.label(loop);
            call(code, "anInt");
            code.jump(Opcodes.IFEQ, loop).aload(0).insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        List<String> listing = Listing.withFrames(body);
        assertThat(listing.subList(listing.indexOf("GOTO L0") + 1, listing.size()))
                .containsExactly(
                        "L1",
                        FRAME_R1 + " []",
                        "ALOAD 1",
                        "INVOKESTATIC test/Leaf.anInt$async (Ldev/weft/internal/Continuation;)I",
                        "ALOAD 1",
                        "GETFIELD dev/weft/internal/Continuation.suspended : Z",
                        "IFNE L2",
                        "GOTO L3",
                        "L0",
                        FRAME_R1 + " []",
                        "ALOAD 1",
                        "INVOKESTATIC dev/weft/internal/Continuation.resumedInt (Ldev/weft/internal/Continuation;)I",
                        "L3",
                        FRAME_R1 + " [I]",
                        "IFEQ L1",
                        "ALOAD 3",
                        "POP",
                        "ACONST_NULL",
                        "ARETURN",
                        "L2",
                        FRAME_R1 + " [I]",
                        "POP",
                        "ALOAD 1",
                        "ALOAD 0",
                        "ICONST_0",
                        "INVOKESTATIC test/Host.weft$suspend"
                                + " (Ldev/weft/internal/Continuation;Ldev/weft/internal/Frame;I)Ljava/lang/Object;",
                        "ARETURN");
    }

    @Test
    void argumentThatIsNeverAssignedIsNotSavedAgain() {
        assertThat(savesOfCountingLoop(code -> {})).isEmpty();
    }

    @Test
    void operandThatIsTheCopyOfALocalIsLoadedFromThere() {
        List<String> listing = bodyListing("(I)I", code -> {
            code.load(ValueKind.INT, 0);
            call(code, "anInt");
            code.insn(Opcodes.IADD).load(ValueKind.INT, 0).insn(Opcodes.IADD).insn(Opcodes.IRETURN);
        });

        assertThat(listing)
                .containsSubsequence(
                        "GETFIELD dev/weft/internal/Frame$R0I1J0.i0 : I",
                        "ISTORE 3",
                        "ILOAD 3",
                        "ALOAD 1",
                        "INVOKESTATIC dev/weft/internal/Continuation.resumedInt (Ldev/weft/internal/Continuation;)I",
                        "IADD")
                .filteredOn(insn -> insn.contains(".i0"))
                .hasSize(1);
    }

    @Test
    void thisIsSavedOnce() {
        AsyncMethod work = TwinEmitterTest.work(
                TestClass.method(0, "()V", code -> {
                    call(code, "pause");
                    code.aload(0).insn(Opcodes.POP);
                    call(code, "pause");
                    code.aload(0).insn(Opcodes.POP).insn(Opcodes.RETURN);
                }),
                0);
        String saved = "PUTFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;";

        assertThat(Listing.of(TwinEmitter.emit(work))).filteredOn(saved::equals).hasSize(2);
        assertThat(Listing.of(ResumeEmitter.emit(work, "work$resume")))
                .containsSubsequence("ACONST_NULL", saved) // at the last point, where it will not be saved again
                .filteredOn(saved::equals)
                .hasSize(1);
    }

    @Test
    void argumentThatIsAssignedIsSavedAgain() {
        assertThat(savesOfCountingLoop(code ->
                        code.load(ValueKind.INT, 0).push(1).insn(Opcodes.ISUB).store(ValueKind.INT, 0)))
                .hasSize(1);
    }

    @Test
    void argumentThatIsOnlyIncrementedIsSavedAgain() {
        assertThat(savesOfCountingLoop(code -> code.add(new IincInsnNode(0, -1))))
                .hasSize(1);
    }

    @Test
    void localThatIsAssignedBeforeAllSuspensionsIsNotSavedAgain() {
        assertThat(savesOfLoopWith(code -> code.push("a").store(ValueKind.REFERENCE, 1), code -> {}))
                .isEmpty();
    }

    @Test
    void localThatIsAssignedBehindASuspensionIsSavedAgain() {
        assertThat(savesOfLoopWith(
                        code -> code.push("a").store(ValueKind.REFERENCE, 1),
                        code -> code.push("b").store(ValueKind.REFERENCE, 1)))
                .hasSize(2); // to clear it and to save it
    }

    // String s = ...; do { pause(); s.trim(); step } while (true)
    private static List<String> savesOfLoopWith(Consumer<Code> beginning, Consumer<Code> step) {
        LabelNode loop = new LabelNode();
        return bodyListing("(I)V", code -> {
                    beginning.accept(code);
                    code.label(loop);
                    call(code, "pause");
                    code.aload(1)
                            .invoke(Opcodes.INVOKEVIRTUAL, "java/lang/String", "trim", "()Ljava/lang/String;", false);
                    code.insn(Opcodes.POP);
                    step.accept(code);
                    code.jump(Opcodes.GOTO, loop);
                })
                .stream()
                .filter(insn -> insn.startsWith("PUTFIELD"))
                .toList();
    }

    // while (n != 0) { pause(); step }
    private static List<String> savesOfCountingLoop(Consumer<Code> step) {
        LabelNode loop = new LabelNode();
        LabelNode end = new LabelNode();
        return bodyListing("(I)V", code -> {
                    code.label(loop).load(ValueKind.INT, 0).jump(Opcodes.IFEQ, end);
                    call(code, "pause");
                    step.accept(code);
                    code.jump(Opcodes.GOTO, loop).label(end).insn(Opcodes.RETURN);
                })
                .stream()
                .filter(insn -> insn.startsWith("PUTFIELD"))
                .toList();
    }

    @Test
    void deadLocalsBecomeNullOrZero() {
        List<String> listing = bodyListing("(IJFDLjava/lang/String;)V", code -> {
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThat(listing)
                .containsSubsequence(
                        "ICONST_0",
                        "ISTORE 3",
                        "LCONST_0",
                        "LSTORE 4",
                        "FCONST_0",
                        "FSTORE 6",
                        "DCONST_0",
                        "DSTORE 7",
                        "ACONST_NULL",
                        "ASTORE 9",
                        "GOTO L0");
    }

    @Test
    void operandsAreRestoredBelowTheResult() {
        List<String> listing = bodyListing("()I", code -> {
            code.push("below").insn(Opcodes.ACONST_NULL);
            call(code, "anInt");
            code.insn(Opcodes.IRETURN);
        });

        assertThat(listing.subList(listing.indexOf("L0") + 1, listing.size()))
                .startsWith(
                        "ALOAD 0",
                        "GETFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;",
                        "CHECKCAST java/lang/String",
                        "ALOAD 0",
                        "ACONST_NULL",
                        "PUTFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;",
                        "ACONST_NULL",
                        "ALOAD 1",
                        "INVOKESTATIC dev/weft/internal/Continuation.resumedInt (Ldev/weft/internal/Continuation;)I");
    }

    @Test
    void restoredLocalLeavesTheFrame() {
        List<String> listing = bodyListing("()V", code -> {
            code.push("local").astore(0);
            call(code, "pause");
            code.aload(0).insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        assertThat(listing)
                .containsSubsequence(
                        "GETFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;",
                        "ACONST_NULL",
                        "PUTFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;",
                        "GOTO L0");
    }

    @Test
    void argumentThatIsNoLongerNeededLeavesTheFrameAtTheNextSuspension() {
        List<String> listing = bodyListing("(Ljava/lang/String;)V", code -> {
            call(code, "pause");
            code.aload(0).insn(Opcodes.POP);
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThat(listing.subList(listing.size() - 8, listing.size()))
                .startsWith(
                        "ALOAD 0",
                        "ACONST_NULL",
                        "PUTFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;",
                        "ALOAD 1",
                        "ALOAD 0",
                        "ICONST_1");
    }

    @Test
    void resumptionThrowsInsideTheTryRangeOfTheCall() {
        MethodNode body = withHandler(code -> call(code, "pause"), code -> {});

        MethodInsnNode resumed = null;
        for (AbstractInsnNode insn : body.instructions) {
            resumed = insn instanceof MethodInsnNode call && call.name.equals("resumed") ? call : resumed;
        }
        int resumedIndex = body.instructions.indexOf(resumed);
        assertThat(body.tryCatchBlocks)
                .singleElement()
                .satisfies(block -> assertThat(resumedIndex)
                        .isBetween(body.instructions.indexOf(block.start), body.instructions.indexOf(block.end) - 1));
    }

    @Test
    void handlersOfCodeBeforeTheCallAreLeftOut() {
        MethodNode body =
                withHandler(code -> code.invokeStatic("test/Any", "thing", "()V"), code -> call(code, "pause"));

        assertThat(body.tryCatchBlocks).isEmpty();
        assertThat(Listing.of(body)).noneMatch(insn -> insn.contains("handled"));
    }

    // try { inside } catch (Exception e) { handled(); } behind
    private static MethodNode withHandler(Consumer<Code> inside, Consumer<Code> behind) {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        LabelNode handler = new LabelNode();
        LabelNode rest = new LabelNode();
        TestClass host = TestClass.host().async(STATIC, "work", "()V", code -> {
            code.label(start);
            inside.accept(code);
            code.label(end).jump(Opcodes.GOTO, rest);
            code.label(handler).insn(Opcodes.POP).invokeStatic("test/Any", "handled", "()V");
            code.label(rest);
            behind.accept(code);
            code.insn(Opcodes.RETURN);
        });
        host.last().tryCatchBlocks.add(new TryCatchBlockNode(start, end, handler, "java/lang/Exception"));
        return TestClass.find(Verified.rewritten(host.compile()), "work$resume");
    }

    private static List<String> bodyListing(String descriptor, Consumer<Code> code) {
        return Listing.of(body(descriptor, code));
    }

    private static MethodNode body(String descriptor, Consumer<Code> code) {
        Verified.rewritten(
                TestClass.host().async(STATIC, "work", descriptor, code).compile());
        return ResumeEmitter.emit(TwinEmitterTest.work(TestClass.method(descriptor, code), 0), "work$resume");
    }
}
