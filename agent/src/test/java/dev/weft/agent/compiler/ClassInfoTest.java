package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

class ClassInfoTest {
    private static final int BRIDGE = Opcodes.ACC_PUBLIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC;

    @Test
    void headerIsRead() {
        ClassInfo info = ClassInfo.of(
                TestClass.host().extending("test/Base").implementing("test/One").bytes());

        assertThat(info.name()).isEqualTo("test/Host");
        assertThat(info.superName()).isEqualTo("test/Base");
        assertThat(info.interfaces()).containsExactly("test/One");
        assertThat(info.isInterface()).isFalse();
        assertThat(ClassInfo.of(new TestClass("test/One").asInterface().bytes()).isInterface())
                .isTrue();
    }

    @Test
    void annotatedMethodsAreToldFromOthers() {
        ClassInfo info = ClassInfo.of(new TestClass("test/One")
                .asInterface()
                .async(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "work", "()V")
                .method(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "work", "(I)V")
                .bytes());

        assertThat(info.methods().get("work()V").annotated()).isTrue();
        assertThat(info.methods().get("work(I)V").annotated()).isFalse();
        assertThat(info.methods().get("work(I)V").is(Opcodes.ACC_ABSTRACT)).isTrue();
    }

    @Test
    void classesOlderThanJava8AreNotRewritable() {
        assertThat(ClassInfo.of(TestClass.host().version(Opcodes.V1_7).bytes()).rewritable())
                .isFalse();
        assertThat(ClassInfo.of(TestClass.host().version(Opcodes.V1_8).bytes()).rewritable())
                .isTrue();
    }

    @Test
    void previewClassesAreRewritable() {
        assertThat(ClassInfo.of(TestClass.host()
                                .version(Opcodes.V17 | Opcodes.V_PREVIEW)
                                .bytes())
                        .rewritable())
                .isTrue();
    }

    @Test
    void bridgeLeadsToTheMethodThatItCalls() {
        ClassInfo info = ClassInfo.of(TestClass.host()
                .method(
                        Opcodes.ACC_PUBLIC,
                        "run",
                        "()Ljava/lang/String;",
                        code -> code.insn(Opcodes.ACONST_NULL).insn(Opcodes.ARETURN))
                .method(
                        BRIDGE,
                        "run",
                        "()Ljava/lang/Object;",
                        code -> code.aload(0)
                                .invoke(Opcodes.INVOKEVIRTUAL, TestClass.HOST, "run", "()Ljava/lang/String;", false)
                                .insn(Opcodes.ARETURN))
                .bytes());

        assertThat(info.bridgeTargets()).hasSize(1);
        assertThat(info.bridgeTargets().get("run()Ljava/lang/String;")).containsExactly("run()Ljava/lang/Object;");
    }

    @Test
    void bridgeToAnotherClassOrNameIsNoBridgeToUs() {
        ClassInfo info = ClassInfo.of(TestClass.host()
                .method(
                        BRIDGE,
                        "run",
                        "()V",
                        code -> code.aload(0)
                                .invoke(Opcodes.INVOKESPECIAL, "test/Base", "run", "()V", false)
                                .aload(0)
                                .invoke(Opcodes.INVOKEVIRTUAL, TestClass.HOST, "other", "()V", false)
                                .insn(Opcodes.RETURN))
                .bytes());

        assertThat(info.bridgeTargets()).isEmpty();
    }

    @Test
    void accessorIsListedWithWhatItCalls() {
        int synthetic = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        ClassInfo info = ClassInfo.of(TestClass.host()
                .method(
                        synthetic,
                        "access$000",
                        "()V",
                        code -> code.invokeStatic(TestClass.HOST, "secret", "()V")
                                .insn(Opcodes.RETURN))
                .method(
                        synthetic,
                        "lambda$0",
                        "()V",
                        code -> code.invokeStatic(TestClass.HOST, "secret", "()V")
                                .insn(Opcodes.RETURN))
                .method(
                        synthetic,
                        "work$default",
                        "(I)V",
                        code -> code.invokeStatic(TestClass.HOST, "work", "()V").insn(Opcodes.RETURN))
                .method(Opcodes.ACC_STATIC, "access$mine", "()V", code -> code.insn(Opcodes.RETURN))
                .bytes());

        assertThat(info.accessors()).hasSize(2);
        assertThat(info.accessors().get("access$000()V"))
                .containsExactly(new ClassInfo.Call(TestClass.HOST, "secret", "()V"));
        assertThat(info.accessors().get("work$default(I)V"))
                .containsExactly(new ClassInfo.Call(TestClass.HOST, "work", "()V"));
    }
}
