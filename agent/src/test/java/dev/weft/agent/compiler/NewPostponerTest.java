package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.call;
import static dev.weft.agent.compiler.TestClass.constructFoo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

class NewPostponerTest {
    private static final String PAUSE = "INVOKESTATIC test/Leaf.pause ()V";
    private static final String AN_INT = "INVOKESTATIC test/Leaf.anInt ()I";

    @Test
    void allocationMovesBehindItsArguments() {
        MethodNode method = postponed("()Ltest/Foo;", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP);
            call(code, "anInt");
            constructFoo(code, "I");
            code.insn(Opcodes.ARETURN);
        });

        assertThat(Listing.of(method))
                .containsExactly(
                        AN_INT,
                        "ISTORE 0",
                        "NEW test/Foo",
                        "DUP",
                        "ILOAD 0",
                        "INVOKESPECIAL test/Foo.<init> (I)V",
                        "ARETURN");
    }

    @Test
    void allocationWithoutSuspensionInItsArgumentsStays() {
        MethodNode method = TestClass.method("(I)Ltest/Foo;", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP).load(ValueKind.INT, 0);
            constructFoo(code, "I");
            call(code, "pause");
            code.insn(Opcodes.ARETURN);
        });
        List<String> before = Listing.of(method);

        assertThat(NewPostponer.apply(TestClass.HOST, method, TestClass.calls(method)))
                .isZero();
        assertThat(Listing.of(method)).isEqualTo(before);
    }

    @Test
    void longAndDoubleArgumentsKeepTheirOrder() {
        MethodNode method = postponed("(JD)Ltest/Foo;", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP);
            code.load(ValueKind.LONG, 0).load(ValueKind.DOUBLE, 2);
            call(code, "aString");
            constructFoo(code, "JDLjava/lang/String;");
            code.insn(Opcodes.ARETURN);
        });

        assertThat(Listing.of(method))
                .containsExactly(
                        "LLOAD 0",
                        "DLOAD 2",
                        "INVOKESTATIC test/Leaf.aString ()Ljava/lang/String;",
                        "ASTORE 4",
                        "DSTORE 5",
                        "LSTORE 7",
                        "NEW test/Foo",
                        "DUP",
                        "LLOAD 7",
                        "DLOAD 5",
                        "ALOAD 4",
                        "INVOKESPECIAL test/Foo.<init> (JDLjava/lang/String;)V",
                        "ARETURN");
    }

    @Test
    void nestedAllocationsMoveInTheOrderOfTheirConstructors() {
        MethodNode method = postponed("()Ltest/Foo;", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP);
            code.newObject("test/Foo").insn(Opcodes.DUP);
            call(code, "anInt");
            constructFoo(code, "I");
            constructFoo(code, "Ltest/Foo;");
            code.insn(Opcodes.ARETURN);
        });

        assertThat(Listing.of(method))
                .containsExactly(
                        AN_INT,
                        "ISTORE 0",
                        "NEW test/Foo",
                        "DUP",
                        "ILOAD 0",
                        "INVOKESPECIAL test/Foo.<init> (I)V",
                        "ASTORE 1",
                        "NEW test/Foo",
                        "DUP",
                        "ALOAD 1",
                        "INVOKESPECIAL test/Foo.<init> (Ltest/Foo;)V",
                        "ARETURN");
    }

    @Test
    void innerAllocationThatIsReadyBeforeTheSuspensionStays() {
        MethodNode method = postponed("()Ltest/Foo;", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP);
            code.newObject("test/Foo").insn(Opcodes.DUP);
            constructFoo(code, "");
            call(code, "anInt");
            constructFoo(code, "Ltest/Foo;I");
            code.insn(Opcodes.ARETURN);
        });

        assertThat(Listing.of(method))
                .startsWith("NEW test/Foo", "DUP", "INVOKESPECIAL test/Foo.<init> ()V", AN_INT)
                .endsWith("INVOKESPECIAL test/Foo.<init> (Ltest/Foo;I)V", "ARETURN");
    }

    @Test
    void stackMapsOfBranchesInTheArgumentsLoseTheReference() {
        LabelNode otherwise = new LabelNode();
        LabelNode join = new LabelNode();
        MethodNode method = postponed("(I)Ltest/Foo;", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP).load(ValueKind.INT, 0).jump(Opcodes.IFEQ, otherwise);
            call(code, "anInt");
            code.jump(Opcodes.GOTO, join).label(otherwise).push(2).label(join);
            constructFoo(code, "I");
            code.insn(Opcodes.ARETURN);
        });

        assertThat(Listing.withFrames(method))
                .containsExactly(
                        "ILOAD 0",
                        "IFEQ L0",
                        AN_INT,
                        "GOTO L1",
                        "L0",
                        "FRAME FULL [I] []",
                        "ICONST_2",
                        "L1",
                        "FRAME FULL [I] [I]",
                        "ISTORE 1",
                        "NEW test/Foo",
                        "DUP",
                        "ILOAD 1",
                        "INVOKESPECIAL test/Foo.<init> (I)V",
                        "ARETURN");
    }

    @Test
    void discardedObjectIsDiscardedAfterItsConstruction() {
        MethodNode method = postponed("()V", code -> {
            code.newObject("test/Foo");
            call(code, "anInt");
            constructFoo(code, "I");
            code.insn(Opcodes.RETURN);
        });

        assertThat(Listing.of(method))
                .containsExactly(
                        AN_INT,
                        "ISTORE 0",
                        "NEW test/Foo",
                        "DUP",
                        "ILOAD 0",
                        "INVOKESPECIAL test/Foo.<init> (I)V",
                        "POP",
                        "RETURN");
    }

    @Test
    void referenceThatIsPoppedBeforeItsConstructionIsGone() {
        MethodNode method = postponed("()V", code -> {
            code.newObject("test/Foo");
            call(code, "pause");
            code.insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        assertThat(Listing.of(method)).containsExactly(PAUSE, "RETURN");
    }

    @Test
    void everyCopyOnTheStackIsTheObject() {
        MethodNode method = postponed("()V", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP).insn(Opcodes.DUP).insn(Opcodes.DUP);
            call(code, "anInt");
            constructFoo(code, "I");
            code.insn(Opcodes.POP).insn(Opcodes.POP).insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        assertThat(Listing.of(method))
                .containsExactly(
                        AN_INT,
                        "ISTORE 0",
                        "NEW test/Foo",
                        "DUP",
                        "ILOAD 0",
                        "INVOKESPECIAL test/Foo.<init> (I)V",
                        "DUP",
                        "DUP",
                        "POP",
                        "POP",
                        "POP",
                        "RETURN");
    }

    @Test
    void copiesInLocalsAreTheObject() {
        MethodNode method = postponed("()Ltest/Foo;", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP).astore(0).astore(1);
            call(code, "anInt");
            code.store(ValueKind.INT, 2).aload(1).load(ValueKind.INT, 2);
            constructFoo(code, "I");
            code.aload(0).insn(Opcodes.ARETURN);
        });

        assertThat(Listing.of(method))
                .containsExactly(
                        AN_INT,
                        "ISTORE 2",
                        "ILOAD 2",
                        "ISTORE 3",
                        "NEW test/Foo",
                        "DUP",
                        "ILOAD 3",
                        "INVOKESPECIAL test/Foo.<init> (I)V",
                        "ASTORE 4",
                        "ALOAD 4",
                        "ASTORE 0",
                        "ALOAD 4",
                        "ASTORE 1",
                        "ACONST_NULL",
                        "ASTORE 4",
                        "ALOAD 0",
                        "ARETURN");
    }

    @Test
    void copiesBetweenOtherOperandsStandWhereTheyStood() {
        // foo, 1, foo, 2L, foo, args
        MethodNode method = postponed("()V", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP).astore(0);
            code.push(1).aload(0).insn(Opcodes.LCONST_1).aload(0);
            call(code, "anInt");
            constructFoo(code, "I");
            code.insn(Opcodes.POP2)
                    .insn(Opcodes.POP)
                    .insn(Opcodes.POP)
                    .insn(Opcodes.POP)
                    .insn(Opcodes.RETURN);
        });

        assertThat(Listing.of(method))
                .containsExactly(
                        "ICONST_1",
                        "LCONST_1",
                        AN_INT,
                        "ISTORE 1", // the argument
                        "LSTORE 2",
                        "ISTORE 4",
                        "NEW test/Foo",
                        "DUP",
                        "ILOAD 1",
                        "INVOKESPECIAL test/Foo.<init> (I)V",
                        "ASTORE 5",
                        "ALOAD 5",
                        "ILOAD 4",
                        "ALOAD 5",
                        "LLOAD 2",
                        "ALOAD 5",
                        "ASTORE 0",
                        "ACONST_NULL",
                        "ASTORE 5",
                        "POP2",
                        "POP",
                        "POP",
                        "POP",
                        "RETURN");
    }

    @Test
    void copiesOfTwoObjectsMayInterleave() {
        // one, two, one, two: constructs the second, then the first
        MethodNode method = postponed("()Ltest/Foo;", code -> {
            code.newObject("test/Foo").newObject("test/Foo").insn(Opcodes.DUP2);
            call(code, "pause");
            constructFoo(code, "");
            constructFoo(code, "");
            code.insn(Opcodes.SWAP).insn(Opcodes.POP).insn(Opcodes.ARETURN);
        });

        assertThat(Listing.of(method).stream().filter(insn -> insn.startsWith("NEW")))
                .hasSize(2);
        assertThat(Listing.of(method)).startsWith(PAUSE).endsWith("SWAP", "POP", "ARETURN");
    }

    @Test
    void operandsAreSwappedOnlyAmongThemselves() {
        assertThat(movedBy(code ->
                        code.push(1).insn(Opcodes.SWAP).insn(Opcodes.POP).insn(Opcodes.POP)))
                .containsExactly("ICONST_1", "POP"); // foo, 1 -> 1, foo -> 1
    }

    @Test
    void dupX1OfTheReferenceLeavesTheOperandInPlace() {
        // 1, foo -> foo, 1, foo
        assertThat(moved(
                        code -> code.push(1).newObject("test/Foo"),
                        code -> code.insn(Opcodes.DUP_X1)
                                .insn(Opcodes.POP)
                                .insn(Opcodes.POP)
                                .insn(Opcodes.POP)))
                .containsExactly("ICONST_1", PAUSE, "POP");
    }

    @Test
    void dupX1OverTheReferenceCopiesTheOperand() {
        // foo, 1 -> 1, foo, 1
        assertThat(movedBy(code -> code.push(1)
                        .insn(Opcodes.DUP_X1)
                        .insn(Opcodes.POP)
                        .insn(Opcodes.POP)
                        .insn(Opcodes.POP)))
                .containsExactly("ICONST_1", "ISTORE 0", "ILOAD 0", "ILOAD 0", "POP", "POP");
    }

    @Test
    void dupX2OfTheReferenceLeavesALongInPlace() {
        // 1L, foo -> foo, 1L, foo
        assertThat(moved(
                        code -> code.insn(Opcodes.LCONST_1).newObject("test/Foo"),
                        code -> code.insn(Opcodes.DUP_X2)
                                .insn(Opcodes.POP)
                                .insn(Opcodes.POP2)
                                .insn(Opcodes.POP)))
                .containsExactly("LCONST_1", PAUSE, "POP2");
    }

    @Test
    void dupX2OverTheReferenceCopiesTheOperandBelowItsNeighbour() {
        // 1, foo, 2 -> 2, 1, foo, 2
        assertThat(moved(
                        code -> code.push(1).newObject("test/Foo"),
                        code -> code.push(2)
                                .insn(Opcodes.DUP_X2)
                                .insn(Opcodes.POP)
                                .insn(Opcodes.POP)
                                .insn(Opcodes.POP)
                                .insn(Opcodes.POP)))
                .containsExactly(
                        "ICONST_1",
                        PAUSE,
                        "ICONST_2",
                        "ISTORE 0",
                        "ISTORE 1",
                        "ILOAD 0",
                        "ILOAD 1",
                        "ILOAD 0",
                        "POP",
                        "POP",
                        "POP");
    }

    @Test
    void dup2OfTheReferenceAndAnOperandCopiesTheOperand() {
        // foo, 1 -> foo, 1, foo, 1
        assertThat(movedBy(code ->
                        code.push(1).insn(Opcodes.DUP2).insn(Opcodes.POP2).insn(Opcodes.POP2)))
                .containsExactly("ICONST_1", "ISTORE 0", "ILOAD 0", "ILOAD 0", "ISTORE 1", "ISTORE 2");
    }

    @Test
    void dup2X1OverTheReferenceCopiesALong() {
        // foo, 1L -> 1L, foo, 1L
        assertThat(movedBy(code -> code.insn(Opcodes.LCONST_1)
                        .insn(Opcodes.DUP2_X1)
                        .insn(Opcodes.POP2)
                        .insn(Opcodes.POP)
                        .insn(Opcodes.POP2)))
                .containsExactly("LCONST_1", "LSTORE 0", "LLOAD 0", "LLOAD 0", "POP2", "POP2");
    }

    @Test
    void dup2X2OverTheReferenceCopiesALong() {
        // foo, 1, 1L -> 1L, foo, 1, 1L
        assertThat(movedBy(code -> code.push(1)
                        .insn(Opcodes.LCONST_1)
                        .insn(Opcodes.DUP2_X2)
                        .insn(Opcodes.POP2)
                        .insn(Opcodes.POP2)
                        .insn(Opcodes.POP2)))
                .containsExactly(
                        "ICONST_1",
                        "LCONST_1",
                        "LSTORE 0",
                        "ISTORE 2",
                        "LLOAD 0",
                        "ILOAD 2",
                        "LLOAD 0",
                        "POP2",
                        "ISTORE 3",
                        "POP2");
    }

    @Test
    void pop2OfTheReferenceAndAnOperandPopsTheOperand() {
        assertThat(movedBy(code -> code.push(1).insn(Opcodes.POP2))).containsExactly("ICONST_1", "ISTORE 0");
        assertThat(movedBy(code -> code.insn(Opcodes.DUP).insn(Opcodes.POP2))).isEmpty();
    }

    @Test
    void objectsOfALoopAreEachPostponed() {
        LabelNode loop = new LabelNode();
        MethodNode method = postponed("()V", code -> {
            code.label(loop).newObject("test/Foo").insn(Opcodes.DUP);
            call(code, "anInt");
            constructFoo(code, "I");
            code.insn(Opcodes.POP).jump(Opcodes.GOTO, loop);
        });

        assertThat(Listing.of(method)).startsWith("L0", AN_INT).endsWith("POP", "GOTO L0");
    }

    /** What becomes of moves that begin with the reference alone on the stack, after a suspension. */
    private static List<String> movedBy(Consumer<Code> moves) {
        List<String> listing = moved(code -> code.newObject("test/Foo"), moves);
        assertThat(listing.get(0)).isEqualTo(PAUSE);
        return listing.subList(1, listing.size());
    }

    private static List<String> moved(Consumer<Code> before, Consumer<Code> moves) {
        List<String> listing = Listing.of(postponed("()V", code -> {
            before.accept(code);
            call(code, "pause");
            moves.accept(code);
            code.insn(Opcodes.RETURN);
        }));
        assertThat(listing).endsWith("RETURN");
        return listing.subList(0, listing.size() - 1);
    }

    private static MethodNode postponed(String descriptor, Consumer<Code> body) {
        MethodNode method = TestClass.method(descriptor, body);
        assertThat(NewPostponer.apply(TestClass.HOST, method, TestClass.calls(method)))
                .isPositive();
        Verified.method(method);
        TypeAnalysis types = new TypeAnalysis(TestClass.HOST, method, insn -> insn instanceof MethodInsnNode);
        for (MethodInsnNode call : TestClass.calls(method)) {
            assertThat(types.before(call).locals()).noneMatch(type -> types.allocation(type) != null);
            assertThat(types.before(call).stack()).noneMatch(type -> types.allocation(type) != null);
        }
        return method;
    }
}
