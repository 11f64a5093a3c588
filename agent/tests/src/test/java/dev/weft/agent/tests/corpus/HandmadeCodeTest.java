package dev.weft.agent.tests.corpus;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Programs in byte code that javac does not write, but other tools do: shapes 4, 6, 8, 22, 31, 40, 47 and 52. */
class HandmadeCodeTest {
    private static final String LEAVES = "dev/weft/agent/tests/corpus/Suspensions";
    private static final String BUILDER = "java/lang/StringBuilder";
    private static final String STRING = "java/lang/String";

    private final Map<String, Consumer<Asm>> programs = new LinkedHashMap<>();

    @TestFactory
    Stream<DynamicTest> suspensionsAreInvisible() {
        uninitialisedObjects();
        operands();
        locals();
        jumps();
        tryRanges();
        Map<String, byte[]> classFiles = Map.of("Handmade", classFile());
        Iterator<Program> originals =
                Program.in(load(CorpusLoader.untouched(classFiles))).iterator();
        List<DynamicTest> tests = new ArrayList<>();
        for (Program rewritten : Program.in(load(CorpusLoader.rewritten(classFiles)))) {
            Program original = originals.next();
            tests.add(DynamicTest.dynamicTest(rewritten.name(), () -> Comparison.thorough(original, rewritten)));
        }
        return tests.stream();
    }

    // 22

    private void uninitialisedObjects() {
        programs.put(
                "newWithoutACopy",
                asm -> asm.newBuilder()
                        .text("x")
                        .construct()
                        .text("nothing is left")
                        .result());
        programs.put(
                "newWithThreeCopies",
                asm -> asm.newBuilder()
                        .insn(DUP, DUP, DUP)
                        .text("x")
                        .construct()
                        .append("y")
                        .insn(SWAP)
                        .append("z")
                        .insn(POP, SWAP, POP)
                        .result());
        programs.put(
                "newInALocal",
                asm -> asm.newBuilder()
                        .astore(0)
                        .aload(0)
                        .text("x")
                        .construct()
                        .aload(0)
                        .append("y")
                        .result());
        programs.put(
                "newInTwoLocalsAndOnTheStack",
                asm -> asm.newBuilder()
                        .insn(DUP)
                        .astore(3)
                        .insn(DUP)
                        .astore(1)
                        .insn(DUP)
                        .text("x")
                        .astore(2)
                        .aload(2)
                        .construct()
                        .append("a")
                        .insn(POP)
                        .aload(1)
                        .append("b")
                        .insn(POP)
                        .aload(3)
                        .append("c")
                        .result());
        programs.put(
                "newThatIsNeverConstructed",
                asm -> asm.newBuilder()
                        .newBuilder()
                        .insn(DUP)
                        .text("x")
                        .construct()
                        .insn(SWAP, POP)
                        .append("y")
                        .result());
        programs.put(
                "newThatIsOverwrittenInItsLocal",
                asm -> asm.newBuilder()
                        .astore(0)
                        .text("x")
                        .astore(0)
                        .aload(0)
                        .text("y")
                        .insn(POP)
                        .result());
        programs.put(
                "copiesBelowAndAboveOtherOperands",
                asm -> asm.number(5)
                        .newBuilder()
                        .insn(DUP_X1) // new 5 new
                        .text("x")
                        .construct() // new 5
                        .insn(SWAP)
                        .append("y")
                        .insn(SWAP, POP)
                        .result());
        programs.put(
                "interleavedCopiesOfTwo",
                asm -> asm.newBuilder()
                        .newBuilder() // a b
                        .insn(DUP_X1) // b a b
                        .insn(SWAP) // b b a
                        .insn(DUP_X2) // a b b a
                        .text("a")
                        .construct() // a b b
                        .text("b")
                        .construct() // a b
                        .append("c")
                        .insn(POP)
                        .append("d")
                        .result());
        programs.put(
                "argumentComputedBelowTheObject",
                asm -> asm.text("x")
                        .newBuilder()
                        .insn(DUP_X1, SWAP) // new new x
                        .text("y")
                        .insn(POP)
                        .construct()
                        .append("z")
                        .result());
        programs.put(
                "pairsOfCopies",
                asm -> asm.newBuilder()
                        .newBuilder()
                        .insn(DUP2) // a b a b
                        .text("b")
                        .construct() // a b a
                        .text("a")
                        .construct() // a b
                        .append("1")
                        .insn(POP)
                        .append("2")
                        .result());
        programs.put("pairsOfCopiesAboveALong", asm -> {
            asm.longNumber(7);
            asm.newBuilder().insn(DUP_X2); // new 7 new
            asm.text("x").construct(); // new 7
            asm.call("l", "(J)J").insn(POP2);
            asm.append("y").result();
        });
        programs.put(
                "constructionInsideConstruction",
                asm -> asm.newBuilder()
                        .insn(DUP)
                        .newBuilder()
                        .insn(DUP)
                        .text("inner")
                        .construct()
                        .append("!")
                        .invoke(INVOKEVIRTUAL, BUILDER, "toString", "()Ljava/lang/String;")
                        .construct()
                        .append("outer")
                        .result());
        programs.put("branchWhileUninitialised", asm -> {
            Label otherwise = new Label();
            Label end = new Label();
            asm.newBuilder().insn(DUP);
            asm.insn(ICONST_1).call("z", "(Z)Z").jump(IFEQ, otherwise);
            asm.text("yes").jump(GOTO, end);
            asm.label(otherwise).text("no");
            asm.label(end).text("-").invoke(INVOKEVIRTUAL, STRING, "concat", "(Ljava/lang/String;)Ljava/lang/String;");
            asm.construct().append("y").result();
        });
        programs.put("loopWhileUninitialised", asm -> {
            Label loop = new Label();
            Label end = new Label();
            asm.number(0).store(ISTORE, 0);
            asm.newBuilder().insn(DUP);
            asm.label(loop);
            asm.load(ILOAD, 0).call("i", "(I)I").number(3).jump(IF_ICMPGE, end);
            asm.visitor.visitIincInsn(0, 1);
            asm.jump(GOTO, loop);
            asm.label(end).text("x").construct().append("y").result();
        });
        programs.put("tryWhileUninitialised", asm -> {
            // javac has no try expressions, other languages do; the handler drops the stack, so the object waits in a
            // local
            Label start = new Label();
            Label end = new Label();
            Label handler = new Label();
            Label after = new Label();
            asm.visitor.visitTryCatchBlock(start, end, handler, "java/lang/IllegalStateException");
            asm.newBuilder().astore(0);
            asm.label(start).text("x").astore(1).jump(GOTO, after);
            asm.label(end);
            asm.label(handler).insn(POP).text("caught").astore(1);
            asm.newBuilder().astore(0);
            asm.label(after);
            asm.newBuilder().insn(DUP).aload(1).construct().append("y").result();
        });
    }

    // 31, 3

    private void operands() {
        programs.put("wideOperandsBelow", asm -> {
            asm.longNumber(1).number(2).visitor.visitLdcInsn(2.5);
            asm.visitor.visitLdcInsn(1.5f);
            asm.number(3).call("i", "(I)I").insn(I2F, FADD, F2D, DADD, D2I, IADD, I2L, LADD);
            asm.longResult();
        });
        programs.put("moveOfWideOperands", asm -> {
            asm.number(2).longNumber(5).call("l", "(J)J").insn(DUP2_X1); // 5 2 5
            asm.call("l", "(J)J").insn(L2I, IADD).call("i", "(I)I").insn(I2L, LSUB);
            asm.longResult();
        });
        programs.put("moveOfWideOperandsOverWideOnes", asm -> {
            asm.longNumber(2).longNumber(5).call("l", "(J)J").insn(DUP2_X2); // 5 2 5
            asm.call("l", "(J)J").insn(LSUB).call("l", "(J)J").insn(LMUL);
            asm.longResult();
        });
        programs.put("leftOverOperandsAtReturn", asm -> {
            asm.number(1).longNumber(2).text("x").text("y").text("z").result();
        });
        programs.put("nullConstantsOnTheStack", asm -> {
            asm.insn(ACONST_NULL, ACONST_NULL).text("x").insn(DUP_X2, POP, POP, POP);
            asm.text("y").insn(POP).result();
        });
    }

    // 4, 6, 8

    private void locals() {
        programs.put("slotsThatChangeTheirType", asm -> {
            asm.text("x").astore(0);
            asm.number(5).call("i", "(I)I").store(ISTORE, 1);
            asm.call("v", "()V");
            asm.aload(0).insn(POP);
            asm.longNumber(7).call("l", "(J)J").store(LSTORE, 0); // over both
            asm.call("v", "()V");
            asm.load(LLOAD, 0).insn(L2I).store(ISTORE, 1); // over its second half
            asm.text("y").astore(0);
            asm.call("v", "()V");
            asm.load(ILOAD, 1).call("i", "(I)I").insn(I2L);
            asm.longResult();
        });
        programs.put("slotWithoutATypeAfterAMerge", asm -> {
            Label otherwise = new Label();
            Label end = new Label();
            asm.insn(ICONST_1).call("z", "(Z)Z").jump(IFEQ, otherwise);
            asm.text("x").astore(0).jump(GOTO, end);
            asm.label(otherwise).number(1).store(ISTORE, 0);
            asm.label(end).call("v", "()V").text("y").result();
        });
        programs.put("debugTableThatLies", asm -> {
            Label start = new Label();
            Label end = new Label();
            asm.label(start);
            asm.text("x").astore(0);
            asm.call("v", "()V");
            asm.aload(0).text("y").insn(POP).result();
            asm.label(end);
            asm.visitor.visitLocalVariable("number", "Ljava/lang/Integer;", null, start, end, 0);
            asm.visitor.visitLocalVariable("wide", "J", null, start, end, 3);
            asm.visitor.visitLocalVariable("list", "Ljava/util/List;", "Ljava/util/List<TX;>;", start, end, 7);
        });
        programs.put("manyNops", asm -> {
            asm.insn(NOP, NOP).text("x").insn(NOP, NOP, NOP).astore(0);
            Label back = new Label();
            Label end = new Label();
            asm.insn(ICONST_0).store(ISTORE, 1);
            asm.label(back).insn(NOP).call("v", "()V").insn(NOP);
            asm.visitor.visitIincInsn(1, 1);
            asm.load(ILOAD, 1).number(3).jump(IF_ICMPGE, end).jump(GOTO, back);
            asm.label(end).insn(NOP).aload(0).result();
        });
    }

    // 40

    private void jumps() {
        programs.put("tableswitchAsTheLastInstruction", asm -> {
            Label select = new Label();
            Label back = new Label();
            Label done = new Label();
            asm.number(3).store(ISTORE, 0).jump(GOTO, select);
            asm.label(done).text("done").result();
            asm.label(back)
                    .load(ILOAD, 0)
                    .call("i", "(I)I")
                    .insn(ICONST_1, ISUB)
                    .store(ISTORE, 0);
            asm.label(select).load(ILOAD, 0).call("i", "(I)I");
            asm.visitor.visitTableSwitchInsn(0, 2, back, done, back, back);
        });
        programs.put("largeLookupswitchAsTheLastInstruction", asm -> {
            int[] keys = IntStream.range(1, 600).map(k -> 31 * k).toArray();
            Label select = new Label();
            Label done = new Label();
            Label[] cases = IntStream.of(keys).mapToObj(k -> new Label()).toArray(Label[]::new);
            asm.number(3).store(ISTORE, 0).jump(GOTO, select);
            asm.label(done).text("done").result();
            for (Label each : cases) {
                asm.label(each)
                        .load(ILOAD, 0)
                        .insn(ICONST_1, ISUB)
                        .store(ISTORE, 0)
                        .jump(GOTO, select);
            }
            asm.label(select).load(ILOAD, 0).call("i", "(I)I").number(31).insn(IMUL);
            asm.visitor.visitLookupSwitchInsn(done, keys, cases);
        });
        programs.put("unreachableTailWithALineAndAVariable", asm -> {
            Label start = new Label();
            Label tail = new Label();
            Label end = new Label();
            asm.label(start).visitor.visitLineNumber(1, start);
            asm.text("x").astore(0).call("v", "()V").aload(0).result();
            asm.label(tail).visitor.visitLineNumber(99, tail);
            asm.insn(ACONST_NULL, ATHROW).label(end);
            asm.visitor.visitLocalVariable("late", "Ljava/lang/String;", null, tail, end, 0);
        });
    }

    // 47, 52

    private void tryRanges() {
        programs.put("tryRangeOfTheCallAlone", asm -> {
            Label start = new Label();
            Label end = new Label();
            Label handler = new Label();
            asm.visitor.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
            asm.number(5).label(start).call("i", "(I)I").label(end).store(ISTORE, 0);
            asm.load(ILOAD, 0).insn(I2L).longResult();
            asm.label(handler).insn(POP).text("caught").result();
        });
        programs.put("tryRangesThatMeetAtTheCall", asm -> {
            Label start = new Label();
            Label middle = new Label();
            Label end = new Label();
            Label first = new Label();
            Label second = new Label();
            asm.visitor.visitTryCatchBlock(start, middle, first, "java/lang/RuntimeException");
            asm.visitor.visitTryCatchBlock(middle, end, second, "java/lang/RuntimeException");
            asm.label(start)
                    .number(5)
                    .call("i", "(I)I")
                    .label(middle)
                    .call("i", "(I)I")
                    .label(end);
            asm.insn(I2L).longResult();
            asm.label(first).insn(POP).text("first").result();
            asm.label(second).insn(POP).text("second").result();
        });
        programs.put("tryRangeThatIsEmptyOnceTheAllocationHasMoved", asm -> {
            Label start = new Label();
            Label end = new Label();
            Label handler = new Label();
            asm.visitor.visitTryCatchBlock(start, end, handler, "java/lang/OutOfMemoryError");
            asm.label(start).newBuilder().insn(DUP).label(end);
            asm.text("x").construct().append("y").result();
            asm.label(handler).insn(POP).text("no memory").result();
        });
        programs.put("handlerThatCoversItself", asm -> {
            Label start = new Label();
            Label handler = new Label();
            Label end = new Label();
            Label out = new Label();
            asm.visitor.visitTryCatchBlock(start, end, handler, null);
            asm.number(0).store(ISTORE, 0);
            asm.label(start)
                    .insn(ICONST_1, ICONST_0)
                    .call("i", "(I)I")
                    .insn(IDIV, I2L)
                    .longResult();
            asm.label(handler).astore(1);
            asm.visitor.visitIincInsn(0, 1);
            asm.load(ILOAD, 0).call("i", "(I)I").number(3).jump(IF_ICMPGE, out);
            asm.aload(1).insn(ATHROW);
            asm.label(end)
                    .label(out)
                    .text("caught")
                    .insn(POP)
                    .load(ILOAD, 0)
                    .insn(I2L)
                    .longResult();
        });
        programs.put("rangeThatIsItsOwnHandler", asm -> {
            Label start = new Label();
            Label end = new Label();
            asm.visitor.visitTryCatchBlock(start, end, start, "java/lang/RuntimeException");
            asm.visitor.visitInsn(ACONST_NULL);
            asm.visitor.visitTypeInsn(CHECKCAST, "java/lang/RuntimeException");
            asm.label(start).astore(0).text("x").label(end).result();
        });
    }

    private byte[] classFile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(V17, ACC_FINAL | ACC_SUPER, "Handmade", null, "java/lang/Object", null);
        programs.forEach((name, program) -> {
            MethodVisitor method = writer.visitMethod(ACC_STATIC, name, "()Ljava/lang/Object;", null, null);
            method.visitAnnotation("Ldev/weft/Async;", true).visitEnd();
            method.visitCode();
            program.accept(new Asm(method));
            method.visitMaxs(0, 0);
            method.visitEnd();
        });
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static Class<?> load(ClassLoader loader) {
        try {
            return Class.forName("Handmade", true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** One short call for each instruction. */
    private record Asm(MethodVisitor visitor) {
        Asm insn(int... opcodes) {
            for (int opcode : opcodes) {
                visitor.visitInsn(opcode);
            }
            return this;
        }

        /** A string, through a call that may suspend. */
        Asm text(String text) {
            visitor.visitLdcInsn(text);
            call("p", "(Ljava/lang/Object;)Ljava/lang/Object;");
            visitor.visitTypeInsn(CHECKCAST, STRING);
            return this;
        }

        Asm number(int value) {
            visitor.visitIntInsn(BIPUSH, value);
            return this;
        }

        Asm longNumber(long value) {
            visitor.visitLdcInsn(value);
            return this;
        }

        Asm newBuilder() {
            visitor.visitTypeInsn(NEW, BUILDER);
            return this;
        }

        Asm construct() {
            return invoke(INVOKESPECIAL, BUILDER, "<init>", "(Ljava/lang/String;)V");
        }

        Asm append(String text) {
            return text(text).invoke(INVOKEVIRTUAL, BUILDER, "append", "(Ljava/lang/String;)Ljava/lang/StringBuilder;");
        }

        Asm call(String leaf, String descriptor) {
            return invoke(INVOKESTATIC, LEAVES, leaf, descriptor);
        }

        Asm invoke(int opcode, String owner, String name, String descriptor) {
            visitor.visitMethodInsn(opcode, owner, name, descriptor, false);
            return this;
        }

        Asm load(int opcode, int slot) {
            visitor.visitVarInsn(opcode, slot);
            return this;
        }

        Asm store(int opcode, int slot) {
            visitor.visitVarInsn(opcode, slot);
            return this;
        }

        Asm aload(int slot) {
            return load(ALOAD, slot);
        }

        Asm astore(int slot) {
            return store(ASTORE, slot);
        }

        Asm jump(int opcode, Label target) {
            visitor.visitJumpInsn(opcode, target);
            return this;
        }

        Asm label(Label label) {
            visitor.visitLabel(label);
            return this;
        }

        void longResult() {
            invoke(INVOKESTATIC, "java/lang/Long", "toString", "(J)Ljava/lang/String;")
                    .result();
        }

        /** Returns the top of the stack, as text. */
        void result() {
            invoke(INVOKEVIRTUAL, "java/lang/Object", "toString", "()Ljava/lang/String;")
                    .insn(Opcodes.ARETURN);
        }
    }
}
