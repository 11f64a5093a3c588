package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LdcInsnNode;

class PoolScanTest {
    private static final Handle BODY = new Handle(Opcodes.H_INVOKESTATIC, TestClass.HOST, "lambda$0", "()V", false);

    @Test
    void classSuperclassAndInterfacesAreNamed() {
        PoolScan scan = PoolScan.of(TestClass.host()
                .extending("test/Base")
                .implementing("test/One", "test/Two")
                .bytes());

        assertThat(scan.name()).isEqualTo("test/Host");
        assertThat(scan.superName()).isEqualTo("test/Base");
        assertThat(scan.interfaces()).containsExactly("test/One", "test/Two");
    }

    @Test
    void objectHasNoSuperclass() throws IOException {
        try (InputStream in = Object.class.getResourceAsStream("Object.class")) {
            assertThat(PoolScan.of(in.readAllBytes()).superName()).isNull();
        }
    }

    @Test
    void annotationIsSeenOnlyWhereItIs() {
        assertThat(PoolScan.of(TestClass.LEAF.bytes()).mentionsAnnotation()).isTrue();
        assertThat(PoolScan.of(TestClass.host().bytes()).mentionsAnnotation()).isFalse();
    }

    @Test
    void classLiteralOfTheAnnotationIsNoUseOfIt() {
        byte[] classFile = TestClass.host()
                .method(STATIC, "type", "()Ljava/lang/Class;", code -> {
                    code.add(new LdcInsnNode(org.objectweb.asm.Type.getType(RuntimeNames.ANNOTATION)));
                    code.insn(Opcodes.ARETURN);
                })
                .bytes();

        assertThat(PoolScan.of(classFile).mentionsAnnotation()).isFalse();
    }

    @Test
    void rewrittenClassIsRecognised() {
        byte[] classFile = TestClass.host()
                .async(STATIC, "work", "()V", code -> code.insn(Opcodes.RETURN))
                .bytes();
        assertThat(PoolScan.of(classFile).rewritten()).isFalse();

        CompiledClass compiled = ClassCompiler.atLoad(TestClass.hierarchy()).compile(classFile);

        assertThat(PoolScan.of(compiled.classFile()).rewritten()).isTrue();
    }

    @Test
    void quickLookSeesWhatTheScanSees() {
        for (byte[] classFile : List.of(
                TestClass.host()
                        .async(STATIC, "work", "()V", code -> code.insn(Opcodes.RETURN))
                        .bytes(),
                TestClass.host()
                        .method(STATIC, "work", "()V", code -> {
                            TestClass.lambda(code, "test/Body", "run", "()V", BODY);
                            code.add(new LdcInsnNode(1234567890123L));
                            code.insn(Opcodes.POP2).insn(Opcodes.RETURN);
                        })
                        .bytes())) {
            assertThat(PoolScan.mentionsAnnotation(classFile))
                    .isEqualTo(PoolScan.of(classFile).mentionsAnnotation());
        }
    }

    @Test
    void programThatNamesTheMarkIsNotTakenForRewritten() {
        byte[] classFile = TestClass.host()
                .method(
                        STATIC,
                        "work",
                        "()V",
                        code -> code.push("dev.weft.Rewritten")
                                .insn(Opcodes.POP)
                                .insn(Opcodes.RETURN))
                .bytes();

        assertThat(PoolScan.of(classFile).rewritten()).isFalse();
    }

    @Test
    void interfacesOfLambdasAreListedOnceAndWithoutThoseOfTheJdk() {
        byte[] classFile = TestClass.host()
                .method(STATIC, "work", "()V", code -> {
                    TestClass.lambda(code, "test/Body", "run", "()V", BODY);
                    TestClass.lambda(code, "test/Body", "run", "()V", BODY);
                    TestClass.lambda(code, "test/Other", "run", "()V", BODY);
                    TestClass.lambda(code, "java/lang/Runnable", "run", "()V", BODY);
                    code.insn(Opcodes.RETURN);
                })
                .bytes();

        assertThat(PoolScan.of(classFile).lambdaTypes()).containsExactly("test/Body", "test/Other");
    }

    @Test
    void longsAndDoublesTakeTwoEntriesOfThePool() {
        byte[] classFile = TestClass.host()
                .method(STATIC, "work", "()V", code -> {
                    code.add(new LdcInsnNode(1234567890123L));
                    code.add(new LdcInsnNode(0.1));
                    code.add(new LdcInsnNode("later"));
                    code.insn(Opcodes.POP).insn(Opcodes.POP2).insn(Opcodes.POP2).insn(Opcodes.RETURN);
                })
                .implementing("test/One")
                .bytes();

        assertThat(PoolScan.of(classFile).interfaces()).containsExactly("test/One");
    }

    @Test
    void whatIsNoClassFileIsRejected() {
        assertThatThrownBy(() -> PoolScan.of(new byte[] {1, 2, 3})).isInstanceOf(RuntimeException.class);
    }
}
