package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.compiler.FrameLayout.Variable;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

class FrameLayoutTest {
    private static final int FRAME = 9;

    @Test
    void valuesThatAreNeededTogetherHaveFieldsOfTheirOwn() {
        FrameLayout layout = layout("(Ljava/lang/String;Ljava/lang/String;)V", code -> {
            call(code, "pause");
            code.aload(0).insn(Opcodes.POP).aload(1).insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        assertThat(layout.shape).isEqualTo(new FrameShape(2, 0, 0));
        assertThat(saving(layout, local(0, ValueKind.REFERENCE)))
                .endsWith("PUTFIELD dev/weft/internal/Frame$R2I0J0.r0 : Ljava/lang/Object;");
        assertThat(saving(layout, local(1, ValueKind.REFERENCE)))
                .endsWith("PUTFIELD dev/weft/internal/Frame$R2I0J0.r1 : Ljava/lang/Object;");
    }

    @Test
    void valuesThatAreNeverNeededTogetherShareAField() {
        FrameLayout layout = layout("(Ljava/lang/String;)V", code -> {
            call(code, "pause");
            code.aload(0).astore(1);
            call(code, "pause");
            code.aload(1).insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        assertThat(layout.shape).isEqualTo(new FrameShape(1, 0, 0));
        assertThat(saving(layout, local(0, ValueKind.REFERENCE)).get(2))
                .isEqualTo(saving(layout, local(1, ValueKind.REFERENCE)).get(2));
    }

    @Test
    void floatsShareWithIntsAndDoublesWithLongs() {
        FrameLayout layout = layout("(IFJD)V", code -> {
            call(code, "pause");
            code.load(ValueKind.INT, 0)
                    .insn(Opcodes.POP)
                    .load(ValueKind.LONG, 2)
                    .insn(Opcodes.POP2);
            call(code, "pause");
            code.load(ValueKind.FLOAT, 1)
                    .insn(Opcodes.POP)
                    .load(ValueKind.DOUBLE, 4)
                    .insn(Opcodes.POP2);
            code.insn(Opcodes.RETURN);
        });

        assertThat(layout.shape).isEqualTo(new FrameShape(0, 2, 2)); // all four are live at the first point
    }

    @Test
    void slotThatHoldsDifferentKindsHasAFieldForEach() {
        FrameLayout layout = layout("(I)V", code -> {
            call(code, "pause");
            code.load(ValueKind.INT, 0).insn(Opcodes.POP).push("x").astore(0);
            call(code, "pause");
            code.aload(0).insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        assertThat(layout.shape).isEqualTo(new FrameShape(1, 1, 0));
    }

    @Test
    void operandsAreSavedAfterTheLocals() {
        MethodNode method = TestClass.method("(I)I", code -> {
            code.push(7);
            call(code, "anInt");
            code.insn(Opcodes.IADD).load(ValueKind.INT, 0).insn(Opcodes.IADD).insn(Opcodes.IRETURN);
        });
        List<SuspensionPoint> points = TestClass.points(method);

        assertThat(new FrameLayout(points).saved(points.get(0)))
                .containsExactly(local(0, ValueKind.INT), new Variable(true, 0, ValueKind.INT));
    }

    @Test
    void copyOfASavedLocalNeedsNoField() {
        FrameLayout layout = layout("(Ljava/lang/String;)V", code -> {
            code.aload(0);
            call(code, "pause");
            code.insn(Opcodes.POP).aload(0).insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        assertThat(layout.shape).isEqualTo(new FrameShape(1, 0, 0));
    }

    @Test
    void descriptionTellsWhichLocalWasCopied() {
        assertThat(descriptionWithCopyOf(0)).isNotEqualTo(descriptionWithCopyOf(1));
    }

    private static String descriptionWithCopyOf(int local) {
        List<SuspensionPoint> points =
                TestClass.points(TestClass.method("(Ljava/lang/String;Ljava/lang/String;)V", code -> {
                    code.aload(local);
                    call(code, "pause");
                    code.insn(Opcodes.POP).aload(0).insn(Opcodes.POP).aload(1).insn(Opcodes.POP);
                    code.insn(Opcodes.RETURN);
                }));
        StringBuilder text = new StringBuilder();
        new FrameLayout(points).describe(points.get(0), text);
        return text.toString();
    }

    @Test
    void nullNeedsNoField() {
        FrameLayout layout = layout("()V", code -> {
            code.insn(Opcodes.ACONST_NULL).astore(0).insn(Opcodes.ACONST_NULL);
            call(code, "pause");
            code.insn(Opcodes.POP).aload(0).insn(Opcodes.POP).insn(Opcodes.RETURN);
        });

        assertThat(layout.shape).isEqualTo(new FrameShape(0, 0, 0));
    }

    @Test
    void deadLocalsNeedNoField() {
        FrameLayout layout = layout("(Ljava/lang/String;I)V", code -> {
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThat(layout.shape).isEqualTo(new FrameShape(0, 0, 0));
    }

    @Test
    void referencesThatAPointDoesNotNeedAreKnown() {
        MethodNode method = TestClass.method("(Ljava/lang/String;Ljava/lang/String;I)V", code -> {
            call(code, "pause");
            code.aload(0).insn(Opcodes.POP);
            call(code, "pause");
            code.aload(1)
                    .insn(Opcodes.POP)
                    .load(ValueKind.INT, 2)
                    .insn(Opcodes.POP)
                    .insn(Opcodes.RETURN);
        });
        List<SuspensionPoint> points = TestClass.points(method);
        FrameLayout layout = new FrameLayout(points);

        assertThat(layout.unusedReferences(points.get(0))).isEmpty();
        assertThat(layout.unusedReferences(points.get(1))).containsExactly(0);
    }

    @Test
    void frameIsCreated() {
        FrameLayout layout = layout("()V", code -> {
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThat(emitted((l, code) -> l.create(code, FRAME), layout))
                .containsExactly(
                        "NEW dev/weft/internal/Frame$R0I0J0",
                        "DUP",
                        "INVOKESPECIAL dev/weft/internal/Frame$R0I0J0.<init> ()V",
                        "ASTORE 9");
    }

    @ParameterizedTest
    @CsvSource({
        "I, INT, ILOAD, , PUTFIELD dev/weft/internal/Frame$R0I1J0.i0 : I",
        "F, FLOAT, FLOAD, INVOKESTATIC java/lang/Float.floatToRawIntBits (F)I, PUTFIELD dev/weft/internal/Frame$R0I1J0.i0 : I",
        "J, LONG, LLOAD, , PUTFIELD dev/weft/internal/Frame$R0I0J1.j0 : J",
        "D, DOUBLE, DLOAD, INVOKESTATIC java/lang/Double.doubleToRawLongBits (D)J, PUTFIELD dev/weft/internal/Frame$R0I0J1.j0 : J",
        "Ljava/lang/String;, REFERENCE, ALOAD, , PUTFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;",
    })
    void valueOfEachKindIsSaved(String type, ValueKind kind, String load, String conversion, String put) {
        List<String> listing = saving(oneArgument(type, kind), local(0, kind));

        assertThat(listing).startsWith("ALOAD 9", load + " 0").endsWith(put);
        assertThat(listing.subList(2, listing.size() - 1))
                .isEqualTo(conversion == null ? List.of() : List.of(conversion));
    }

    @ParameterizedTest
    @CsvSource({
        "I, INT, GETFIELD dev/weft/internal/Frame$R0I1J0.i0 : I,",
        "F, FLOAT, GETFIELD dev/weft/internal/Frame$R0I1J0.i0 : I, INVOKESTATIC java/lang/Float.intBitsToFloat (I)F",
        "J, LONG, GETFIELD dev/weft/internal/Frame$R0I0J1.j0 : J,",
        "D, DOUBLE, GETFIELD dev/weft/internal/Frame$R0I0J1.j0 : J, INVOKESTATIC java/lang/Double.longBitsToDouble (J)D",
        "Ljava/lang/String;, REFERENCE, GETFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;, CHECKCAST java/lang/String",
        "Ljava/lang/Object;, REFERENCE, GETFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;,",
        "[I, REFERENCE, GETFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;, CHECKCAST [I",
    })
    void valueOfEachKindIsRestored(String type, ValueKind kind, String get, String conversion) {
        String internalName = type.startsWith("L") ? type.substring(1, type.length() - 1) : type;

        List<String> listing = emitted(
                (layout, code) -> layout.restore(code, local(0, kind), internalName, FRAME), oneArgument(type, kind));

        assertThat(listing)
                .isEqualTo(conversion == null ? List.of("ALOAD 9", get) : List.of("ALOAD 9", get, conversion));
    }

    @Test
    void referenceIsCleared() {
        FrameLayout layout = oneArgument("Ljava/lang/String;", ValueKind.REFERENCE);

        assertThat(emitted((l, code) -> l.clear(code, 0, FRAME), layout))
                .containsExactly(
                        "ALOAD 9", "ACONST_NULL", "PUTFIELD dev/weft/internal/Frame$R1I0J0.r0 : Ljava/lang/Object;");
    }

    @Test
    void largeFrameHoldsArrays() {
        FrameLayout layout = manyArguments();

        assertThat(layout.shape).isEqualTo(new FrameShape(13, 2, 1));
        assertThat(emitted((l, code) -> l.create(code, FRAME), layout))
                .containsExactly(
                        "NEW dev/weft/internal/Frame$Large",
                        "DUP",
                        "BIPUSH 13",
                        "ICONST_3",
                        "INVOKESPECIAL dev/weft/internal/Frame$Large.<init> (II)V",
                        "ASTORE 9");
    }

    @Test
    void valuesOfALargeFrameAreElements() {
        FrameLayout layout = manyArguments();

        assertThat(saving(layout, local(12, ValueKind.REFERENCE)))
                .containsExactly(
                        "ALOAD 9",
                        "GETFIELD dev/weft/internal/Frame$Large.references : [Ljava/lang/Object;",
                        "BIPUSH 12",
                        "ALOAD 12",
                        "AASTORE");
        assertThat(saving(layout, local(14, ValueKind.FLOAT)))
                .containsExactly(
                        "ALOAD 9",
                        "GETFIELD dev/weft/internal/Frame$Large.primitives : [J",
                        "ICONST_1",
                        "FLOAD 14",
                        "INVOKESTATIC java/lang/Float.floatToRawIntBits (F)I",
                        "I2L",
                        "LASTORE");
        assertThat(emitted((l, code) -> l.restore(code, local(15, ValueKind.DOUBLE), Opcodes.DOUBLE, FRAME), layout))
                .containsExactly(
                        "ALOAD 9",
                        "GETFIELD dev/weft/internal/Frame$Large.primitives : [J",
                        "ICONST_2",
                        "LALOAD",
                        "INVOKESTATIC java/lang/Double.longBitsToDouble (J)D");
        assertThat(emitted((l, code) -> l.restore(code, local(13, ValueKind.INT), Opcodes.INTEGER, FRAME), layout))
                .containsExactly(
                        "ALOAD 9",
                        "GETFIELD dev/weft/internal/Frame$Large.primitives : [J",
                        "ICONST_0",
                        "LALOAD",
                        "L2I");
    }

    @Test
    void referenceOfALargeFrameIsCleared() {
        assertThat(emitted((l, code) -> l.clear(code, local(3, ValueKind.REFERENCE), FRAME), manyArguments()))
                .containsExactly(
                        "ALOAD 9",
                        "GETFIELD dev/weft/internal/Frame$Large.references : [Ljava/lang/Object;",
                        "ICONST_3",
                        "ACONST_NULL",
                        "AASTORE");
    }

    private static FrameLayout oneArgument(String type, ValueKind kind) {
        return layout("(" + type + ")V", code -> {
            call(code, "pause");
            code.load(kind, 0)
                    .insn(kind.slots() == 2 ? Opcodes.POP2 : Opcodes.POP)
                    .insn(Opcodes.RETURN);
        });
    }

    // 13 references, an int, a float and a double
    private static FrameLayout manyArguments() {
        return layout("(" + "Ljava/lang/String;".repeat(13) + "IFD)V", code -> {
            call(code, "pause");
            for (int slot = 0; slot < 13; slot++) {
                code.aload(slot).insn(Opcodes.POP);
            }
            code.load(ValueKind.INT, 13).insn(Opcodes.POP);
            code.load(ValueKind.FLOAT, 14).insn(Opcodes.POP);
            code.load(ValueKind.DOUBLE, 15).insn(Opcodes.POP2);
            code.insn(Opcodes.RETURN);
        });
    }

    private static Variable local(int slot, ValueKind kind) {
        return new Variable(false, slot, kind);
    }

    private static FrameLayout layout(String descriptor, Consumer<Code> body) {
        return new FrameLayout(TestClass.points(TestClass.method(descriptor, body)));
    }

    private static List<String> saving(FrameLayout layout, Variable variable) {
        return emitted((l, code) -> l.save(code, variable, FRAME, variable.index()), layout);
    }

    private static List<String> emitted(BiConsumer<FrameLayout, Code> emitter, FrameLayout layout) {
        MethodNode method = new MethodNode();
        Code code = new Code();
        emitter.accept(layout, code);
        method.instructions = code;
        return Listing.of(method);
    }
}
