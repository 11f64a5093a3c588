package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static dev.weft.agent.compiler.TestClass.call;
import static dev.weft.agent.compiler.TestClass.lambda;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

class LambdaLinksTest {
    private static final int ABSTRACT = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT;
    private static final int SYNTHETIC = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    private static final TestClass BODY =
            new TestClass("test/Body").asInterface().async(ABSTRACT, "run", "()V");
    private static final TestClass PLAIN =
            new TestClass("test/Plain").asInterface().method(ABSTRACT, "run", "()V");
    private static final String TWIN_DESCRIPTOR = "(Ldev/weft/internal/Continuation;)V";

    @Test
    void lambdaIsLinkedByTheRuntimeToTheTwinOfItsBody() {
        InvokeDynamicInsnNode link = link(rewritten(lambdaBoundTo("test/Body")));

        assertThat(link.bsm.getOwner()).isEqualTo("dev/weft/internal/Lambdas");
        assertThat(link.bsm.getName()).isEqualTo("metafactory");
        assertThat(link.name).isEqualTo("run");
        assertThat(link.desc).isEqualTo("()Ltest/Body;");
        assertThat(link.bsmArgs)
                .containsExactly(
                        Type.getMethodType("()V"),
                        new Handle(
                                Opcodes.H_INVOKESTATIC, TestClass.HOST, "lambda$make$0$async", TWIN_DESCRIPTOR, false),
                        Type.getMethodType("()V"));
    }

    @Test
    void bodyOfSuchALambdaIsRewritten() {
        CompiledClass compiled = lambdaBoundTo("test/Body").compile(BODY);

        assertThat(compiled.methods()).extracting(method -> method.name()).containsExactly("lambda$make$0");
        assertThat(TestClass.methodNames(Verified.rewritten(compiled, BODY)))
                .contains("lambda$make$0", "lambda$make$0$async");
    }

    @Test
    void bodyMayHaveAnyNameIfItIsSynthetic() {
        TestClass host = making(code -> lambda(code, "test/Body", "run", "()V", body("anyName")))
                .method(SYNTHETIC, "anyName", "()V", LambdaLinksTest::pause);

        assertThat(host.compile(BODY).methods())
                .extracting(method -> method.name())
                .containsExactly("anyName");
    }

    @Test
    void lambdaBoundToAnotherInterfaceIsLeftAlone() {
        CompiledClass compiled = lambdaBoundTo("test/Plain").compile(PLAIN);

        assertThat(compiled.classFile()).isNull();
    }

    @Test
    void lambdaBoundToASubinterfaceIsLinkedToo() {
        TestClass narrower = new TestClass("test/Narrower").asInterface().implementing("test/Body");

        CompiledClass compiled = lambdaBoundTo("test/Narrower").compile(BODY, narrower);

        assertThat(compiled.methods()).extracting(method -> method.name()).containsExactly("lambda$make$0");
    }

    @Test
    void referenceToAnAsyncMethodLeadsToItsTwin() {
        Handle reference = new Handle(Opcodes.H_INVOKESTATIC, "test/Leaf", "pause", "()V", false);

        InvokeDynamicInsnNode link =
                link(rewritten(making(code -> lambda(code, "test/Body", "run", "()V", reference))));

        assertThat(link.bsmArgs[1])
                .isEqualTo(new Handle(Opcodes.H_INVOKESTATIC, "test/Leaf", "pause$async", TWIN_DESCRIPTOR, false));
    }

    @Test
    void referenceToAnotherMethodStaysAsItIs() {
        Handle reference = new Handle(Opcodes.H_INVOKESTATIC, "java/lang/Thread", "yield", "()V", false);

        assertThat(making(code -> lambda(code, "test/Body", "run", "()V", reference))
                        .compile(BODY)
                        .classFile())
                .isNull();
    }

    @Test
    void referenceToAConstructorStaysAsItIs() {
        Handle reference = new Handle(Opcodes.H_NEWINVOKESPECIAL, "test/Foo", "<init>", "()V", false);

        assertThat(making(code -> lambda(code, "test/Body", "run", "()V", reference))
                        .compile(BODY)
                        .classFile())
                .isNull();
    }

    @Test
    void referenceWhoseResultIsBoxedBecomesALambda() {
        TestClass maker = new TestClass("test/Maker").asInterface().async(ABSTRACT, "make", "()Ljava/lang/Object;");
        Handle reference = new Handle(Opcodes.H_INVOKESTATIC, "test/Leaf", "anInt", "()I", false);
        TestClass host = making(code -> lambda(code, "test/Maker", "make", "()Ljava/lang/Object;", reference));

        CompiledClass compiled = host.compile(maker);
        ClassNode rewritten = Verified.rewritten(compiled, maker);

        Handle implementation = (Handle) link(rewritten).bsmArgs[1];
        assertThat(implementation.getOwner()).isEqualTo(TestClass.HOST);
        assertThat(Listing.of(TestClass.find(rewritten, implementation.getName())))
                .startsWith("ALOAD 0", "INVOKESTATIC test/Leaf.anInt$async (Ldev/weft/internal/Continuation;)I")
                .contains("INVOKESTATIC java/lang/Integer.valueOf (I)Ljava/lang/Integer;");
    }

    @Test
    void lambdaInsideARewrittenMethodIsRelinkedInEveryCopyOfItsCode() {
        TestClass host = TestClass.host()
                .async(STATIC, "make", "()Ltest/Body;", code -> {
                    call(code, "pause");
                    lambda(code, "test/Body", "run", "()V", body("lambda$make$0"));
                    code.insn(Opcodes.ARETURN);
                })
                .method(SYNTHETIC, "lambda$make$0", "()V", LambdaLinksTest::pause);

        ClassNode rewritten = rewritten(host);

        for (String name : new String[] {"make$async", "make$resume"}) {
            assertThat(link(TestClass.find(rewritten, name)).bsm.getOwner()).isEqualTo(RuntimeNames.LAMBDAS);
        }
    }

    @Test
    void deserialisationSeesTheNamesThatTheCompilerKnew() {
        String descriptor = "(Ljava/lang/invoke/SerializedLambda;)Ljava/lang/Object;";
        TestClass host = lambdaBoundTo("test/Body")
                .method(
                        SYNTHETIC,
                        "$deserializeLambda$",
                        descriptor,
                        code -> code.aload(0).insn(Opcodes.ARETURN));

        assertThat(Listing.of(TestClass.find(rewritten(host), "$deserializeLambda$")))
                .containsExactly(
                        "ALOAD 0",
                        "LDC Ltest/Host;.class",
                        "ICONST_0",
                        "ANEWARRAY java/lang/String",
                        "INVOKESTATIC dev/weft/internal/Lambdas.normalize " + RuntimeNames.NORMALIZE_DESCRIPTOR,
                        "ASTORE 0",
                        "ALOAD 0",
                        "ARETURN");
    }

    @Test
    void refusedBodyThrows() {
        TestClass host = making(code -> lambda(code, "test/Body", "run", "()V", body("lambda$make$0")))
                .method(SYNTHETIC | Opcodes.ACC_SYNCHRONIZED, "lambda$make$0", "()V", LambdaLinksTest::pause);

        CompiledClass compiled = host.compile(BODY);

        assertThat(compiled.refusals()).extracting(Refusal::method).containsExactly("lambda$make$0");
        assertThat(Listing.of(TestClass.find(Verified.rewritten(compiled, BODY), "lambda$make$0")))
                .startsWith("NEW dev/weft/UnsupportedSuspensionError");
    }

    @Test
    void refusedBodyStaysAsItWasWhereOnlyTheOptionSelectsTheInterface() {
        TestClass host = making(code -> lambda(code, "test/Plain", "run", "()V", body("lambda$make$0")))
                .method(SYNTHETIC | Opcodes.ACC_SYNCHRONIZED, "lambda$make$0", "()V", LambdaLinksTest::pause);

        CompiledClass compiled = host.compile(new AsyncSelection(List.of("test.Plain")), PLAIN);

        assertThat(compiled.refusals()).extracting(Refusal::method).containsExactly("lambda$make$0");
        assertThat(Listing.of(TestClass.find(Verified.rewritten(compiled, PLAIN), "lambda$make$0")))
                .containsExactly("INVOKESTATIC test/Leaf.pause ()V", "RETURN");
    }

    private static TestClass lambdaBoundTo(String type) {
        return making(code -> lambda(code, type, "run", "()V", body("lambda$make$0")))
                .method(SYNTHETIC, "lambda$make$0", "()V", LambdaLinksTest::pause);
    }

    private static TestClass making(Consumer<Code> value) {
        return TestClass.host().method(STATIC, "make", "()Ljava/lang/Object;", code -> {
            value.accept(code);
            code.insn(Opcodes.ARETURN);
        });
    }

    private static void pause(Code code) {
        call(code, "pause");
        code.insn(Opcodes.RETURN);
    }

    private static Handle body(String name) {
        return new Handle(Opcodes.H_INVOKESTATIC, TestClass.HOST, name, "()V", false);
    }

    private static ClassNode rewritten(TestClass host) {
        return Verified.rewritten(host.compile(BODY), BODY);
    }

    private static InvokeDynamicInsnNode link(ClassNode type) {
        return link(TestClass.find(type, "make"));
    }

    private static InvokeDynamicInsnNode link(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof InvokeDynamicInsnNode dynamic) {
                return dynamic;
            }
        }
        throw new AssertionError("no invokedynamic");
    }
}
