package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class VerifyingLoaderTest {
    private static final ClassLoader LOADER = VerifyingLoaderTest.class.getClassLoader();

    @Test
    void goodClassPasses() {
        assertThatCode(() -> VerifyingLoader.verify("test/Any", returning(Opcodes.ACONST_NULL), LOADER))
                .doesNotThrowAnyException();
    }

    @Test
    void badClassIsNamed() {
        assertThatThrownBy(() -> VerifyingLoader.verify("test/Any", returning(Opcodes.ICONST_0), LOADER))
                .isInstanceOf(VerifyError.class);
    }

    @Test
    void signaturesMayNameClassesThatAreNotThere() {
        ClassWriter writer = type();
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_NATIVE, "work", "(Ltest/Missing;)V", null, null)
                .visitEnd();

        assertThatCode(() -> VerifyingLoader.verify("test/Any", writer.toByteArray(), LOADER))
                .doesNotThrowAnyException();
    }

    private static byte[] returning(int push) {
        ClassWriter writer = type();
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "work", "()Ljava/lang/String;", null, null);
        method.visitCode();
        method.visitInsn(push);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        return writer.toByteArray();
    }

    private static ClassWriter type() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "test/Any", null, "java/lang/Object", null);
        return writer;
    }
}
