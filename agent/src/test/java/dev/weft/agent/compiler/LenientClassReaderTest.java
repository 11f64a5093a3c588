package dev.weft.agent.compiler;

import static dev.weft.agent.compiler.TestClass.STATIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

class LenientClassReaderTest {
    private static final int UNKNOWN = 99;

    @Test
    void versionsThatAsmDoesNotKnowAreRead() {
        byte[] classFile = ofVersion(UNKNOWN, 0);
        ClassNode node = new ClassNode(Opcodes.ASM9);

        new LenientClassReader(classFile).accept(node, ClassReader.EXPAND_FRAMES);

        assertThat(node.methods).extracting(method -> method.name).containsExactly("work");
    }

    @Test
    void givenBytesStayAsTheyAre() {
        byte[] classFile = ofVersion(UNKNOWN, 0);

        assertThatCode(() -> new LenientClassReader(classFile)).doesNotThrowAnyException();

        assertThat(LenientClassReader.majorVersion(classFile)).isEqualTo(UNKNOWN);
    }

    @Test
    void newestVersionThatAsmKnowsIsNotNewer() {
        assertThat(LenientClassReader.isNewer(ofVersion(Opcodes.V26, 0))).isFalse();
        assertThat(LenientClassReader.isNewer(ofVersion(Opcodes.V26 + 1, 0))).isTrue();
        assertThatCode(() -> new ClassReader(ofVersion(Opcodes.V26, 0))).doesNotThrowAnyException();
    }

    @Test
    void previewFlagIsNoPartOfTheMajorVersion() {
        assertThat(LenientClassReader.majorVersion(ofVersion(Opcodes.V17, 0xFFFF)))
                .isEqualTo(Opcodes.V17);
    }

    @Test
    void rewrittenClassKeepsAVersionThatAsmDoesNotKnow() {
        CompiledClass compiled = ClassCompiler.atLoad(TestClass.hierarchy()).compile(ofVersion(UNKNOWN, 0xFFFF));

        assertThat(compiled.methods()).extracting(method -> method.name()).containsExactly("work");
        assertThat(compiled.classFile()).startsWith(0xCA, 0xFE, 0xBA, 0xBE, 0xFF, 0xFF, 0, UNKNOWN);
    }

    private static byte[] ofVersion(int major, int minor) {
        byte[] classFile = TestClass.host()
                .async(STATIC, "work", "()V", code -> {
                    TestClass.call(code, "pause");
                    code.insn(Opcodes.RETURN);
                })
                .bytes();
        classFile[4] = (byte) (minor >> 8);
        classFile[5] = (byte) minor;
        classFile[6] = 0;
        classFile[7] = (byte) major;
        return classFile;
    }
}
