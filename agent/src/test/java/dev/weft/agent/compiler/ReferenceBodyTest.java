package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

class ReferenceBodyTest {
    private static final Handle ANY_BOOTSTRAP = new Handle(Opcodes.H_INVOKESTATIC, "test/Any", "link", "()V", false);

    @ParameterizedTest
    @CsvSource({
        "I, Ljava/lang/Integer;, true",
        "Ljava/lang/Integer;, I, true",
        "I, J, true",
        "I, I, false",
        "I, V, false",
        "V, V, false",
        "Ljava/lang/String;, Ljava/lang/Object;, false",
        "[I, Ljava/lang/Object;, false",
    })
    void onlyResultsThatAreConvertedNeedABody(String from, String to, boolean needed) {
        assertThat(ReferenceBody.isNeeded(toStatic(from, to))).isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource({
        "Z, Boolean",
        "B, Byte",
        "S, Short",
        "C, Character",
        "I, Integer",
        "J, Long",
        "F, Float",
        "D, Double",
    })
    void primitivesAreBoxed(String type, String wrapper) {
        MethodNode body = ReferenceBody.of(toStatic(type, "Ljava/lang/Object;"), "body");

        assertThat(body.desc).isEqualTo("()Ljava/lang/" + wrapper + ";");
        assertThat(Listing.of(body))
                .containsExactly(
                        "INVOKESTATIC test/Any.thing ()" + type,
                        "INVOKESTATIC java/lang/" + wrapper + ".valueOf (" + type + ")Ljava/lang/" + wrapper + ";",
                        "ARETURN");
        verify(body);
    }

    @ParameterizedTest
    @CsvSource({
        "Ljava/lang/Boolean;, Z, booleanValue, ",
        "Ljava/lang/Character;, C, charValue, ",
        "Ljava/lang/Character;, I, charValue, ",
        "Ljava/lang/Integer;, I, intValue, ",
        "Ljava/lang/Integer;, J, intValue, I2L",
        "Ljava/lang/Short;, D, shortValue, I2D",
        "Ljava/lang/Long;, F, longValue, L2F",
    })
    void wrappersAreUnboxedAndWidened(String from, String to, String unboxing, String widening) {
        MethodNode body = ReferenceBody.of(toStatic(from, to), "body");

        assertThat(body.desc).isEqualTo("()" + to);
        assertThat(Listing.of(body))
                .hasSize(widening == null ? 3 : 4)
                .anyMatch(insn -> insn.contains("." + unboxing + " ()"))
                .contains(widening == null ? Listing.of(body).get(2) : widening);
        verify(body);
    }

    @ParameterizedTest
    @CsvSource({
        "I, J, I2L",
        "I, F, I2F",
        "I, D, I2D",
        "J, F, L2F",
        "J, D, L2D",
        "F, D, F2D",
        "B, J, I2L",
        "C, F, I2F",
    })
    void primitivesAreWidened(String from, String to, String widening) {
        MethodNode body = ReferenceBody.of(toStatic(from, to), "body");

        assertThat(Listing.of(body).get(1)).isEqualTo(widening);
        verify(body);
    }

    @Test
    void bytesAreShortsAsTheyAre() {
        MethodNode body = ReferenceBody.of(toStatic("B", "S"), "body");

        assertThat(Listing.of(body)).containsExactly("INVOKESTATIC test/Any.thing ()B", "IRETURN");
    }

    @Test
    void genericResultIsCastBeforeItIsUnboxed() {
        MethodNode body = ReferenceBody.of(toStatic("Ljava/lang/Object;", "I"), "body");

        assertThat(Listing.of(body))
                .containsExactly(
                        "INVOKESTATIC test/Any.thing ()Ljava/lang/Object;",
                        "CHECKCAST java/lang/Integer",
                        "INVOKEVIRTUAL java/lang/Integer.intValue ()I",
                        "IRETURN");
        verify(body);
    }

    @Test
    void boundReceiverHasTheTypeThatIsCaptured() {
        Handle target = new Handle(Opcodes.H_INVOKEVIRTUAL, "test/Base", "thing", "(J)I", false);

        MethodNode body =
                ReferenceBody.of(reference("(Ltest/Host;)Ltest/Maker;", target, "Ljava/lang/Integer;"), "body");

        assertThat(body.desc).isEqualTo("(Ltest/Host;J)Ljava/lang/Integer;");
        assertThat(Listing.of(body)).startsWith("ALOAD 0", "LLOAD 1", "INVOKEVIRTUAL test/Base.thing (J)I");
    }

    @Test
    void unboundReceiverHasTheTypeOfItsMethod() {
        Handle target = new Handle(Opcodes.H_INVOKEINTERFACE, "test/Base", "thing", "()I", true);

        MethodNode body = ReferenceBody.of(reference("()Ltest/Maker;", target, "Ljava/lang/Integer;"), "body");

        assertThat(body.desc).isEqualTo("(Ltest/Base;)Ljava/lang/Integer;");
        assertThat(Listing.of(body)).startsWith("ALOAD 0", "INVOKEINTERFACE test/Base.thing ()I (itf)");
    }

    @Test
    void bodyIsAPrivateLambdaBody() {
        MethodNode body = ReferenceBody.of(toStatic("I", "J"), "lambda$weft$0");

        assertThat(body.name).isEqualTo("lambda$weft$0");
        assertThat(body.access).isEqualTo(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC);
    }

    private static InvokeDynamicInsnNode toStatic(String from, String to) {
        return reference(
                "()Ltest/Maker;", new Handle(Opcodes.H_INVOKESTATIC, "test/Any", "thing", "()" + from, false), to);
    }

    private static InvokeDynamicInsnNode reference(String descriptor, Handle target, String result) {
        return new InvokeDynamicInsnNode(
                "make",
                descriptor,
                ANY_BOOTSTRAP,
                Type.getMethodType("()Ljava/lang/Object;"),
                target,
                Type.getMethodType("()" + result));
    }

    private static void verify(MethodNode body) {
        TestClass host = TestClass.host().async(STATIC, "work", "()V", code -> {
            TestClass.call(code, "pause");
            code.insn(Opcodes.RETURN);
        });
        host.node.methods.add(body);
        Verified.rewritten(host.compile());
    }
}
