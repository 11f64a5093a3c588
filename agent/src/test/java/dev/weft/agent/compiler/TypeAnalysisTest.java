package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.call;
import static dev.weft.agent.compiler.TestClass.constructFoo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

class TypeAnalysisTest {
    @Test
    void argumentsHaveTheirTypesAndWideOnesAreFollowedByTop() {
        MethodNode method = TestClass.method("(IJLjava/lang/String;[IDZ)V", code -> {
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThat(beforeFirstCall(method).locals())
                .containsExactly(
                        Opcodes.INTEGER,
                        Opcodes.LONG,
                        Opcodes.TOP,
                        "java/lang/String",
                        "[I",
                        Opcodes.DOUBLE,
                        Opcodes.TOP,
                        Opcodes.INTEGER);
    }

    @Test
    void instanceMethodBeginsWithThis() {
        MethodNode method = TestClass.method(Opcodes.ACC_PUBLIC, "()V", code -> {
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThat(beforeFirstCall(method).locals()).containsExactly(TestClass.HOST);
    }

    @Test
    void operandsAreListedFromTheBottomOneEntryEach() {
        MethodNode method = TestClass.method("()V", code -> {
            code.insn(Opcodes.LCONST_0)
                    .push("x")
                    .insn(Opcodes.DCONST_0)
                    .insn(Opcodes.FCONST_0)
                    .insn(Opcodes.ACONST_NULL);
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThat(beforeFirstCall(method).stack())
                .containsExactly(Opcodes.LONG, "java/lang/String", Opcodes.DOUBLE, Opcodes.FLOAT, Opcodes.NULL);
    }

    @Test
    void typesBehindAJoinComeFromTheStackMap() {
        LabelNode otherwise = new LabelNode();
        LabelNode join = new LabelNode();
        MethodNode method = TestClass.method("(I)V", code -> {
            code.load(ValueKind.INT, 0).jump(Opcodes.IFEQ, otherwise);
            code.push("x").astore(1).jump(Opcodes.GOTO, join);
            code.label(otherwise).load(ValueKind.INT, 0).store(ValueKind.INT, 1);
            code.label(join);
            call(code, "pause");
            code.insn(Opcodes.RETURN);
        });

        assertThat(beforeFirstCall(method).locals()).startsWith(Opcodes.INTEGER).doesNotContain("java/lang/String");
    }

    @Test
    void uninitialisedValueLeadsToItsAllocation() {
        MethodNode method = TestClass.method("()V", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP);
            call(code, "anInt");
            constructFoo(code, "I");
            code.insn(Opcodes.POP).insn(Opcodes.RETURN);
        });
        MethodInsnNode call = TestClass.calls(method).iterator().next();
        TypeAnalysis types = new TypeAnalysis(TestClass.HOST, method, insn -> insn == call);
        List<Object> stack = types.before(call).stack();

        assertThat(stack).hasSize(2);
        assertThat(types.allocation(stack.get(0)).desc).isEqualTo("test/Foo");
        assertThat(types.allocation(stack.get(1))).isSameAs(types.allocation(stack.get(0)));
        assertThat(types.allocation("java/lang/String")).isNull();
    }

    @Test
    void uninitialisedValueInAStackMapLeadsToItsAllocation() {
        LabelNode otherwise = new LabelNode();
        LabelNode join = new LabelNode();
        MethodNode method = TestClass.method("(I)V", code -> {
            code.newObject("test/Foo").insn(Opcodes.DUP).load(ValueKind.INT, 0).jump(Opcodes.IFEQ, otherwise);
            code.push(1).jump(Opcodes.GOTO, join);
            code.label(otherwise).push(2);
            code.label(join);
            call(code, "pause");
            constructFoo(code, "I");
            code.insn(Opcodes.POP).insn(Opcodes.RETURN);
        });
        MethodInsnNode call = TestClass.calls(method).iterator().next();
        TypeAnalysis types = new TypeAnalysis(TestClass.HOST, method, insn -> insn == call);

        assertThat(types.allocation(types.before(call).stack().get(0)).desc).isEqualTo("test/Foo");
    }

    @Test
    void unreachableInstructionHasNoState() {
        MethodNode method = new MethodNode(TestClass.STATIC, "work", "()V", null, null);
        Code code = new Code().insn(Opcodes.RETURN);
        call(code, "pause");
        method.instructions = code;
        MethodInsnNode call = TestClass.calls(method).iterator().next();

        assertThat(new TypeAnalysis(TestClass.HOST, method, insn -> insn == call).before(call))
                .isNull();
    }

    private static TypeAnalysis.State beforeFirstCall(MethodNode method) {
        MethodInsnNode call = TestClass.calls(method).iterator().next();
        return new TypeAnalysis(TestClass.HOST, method, insn -> insn == call).before(call);
    }
}
