package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

class TransformerTest {
    private final Map<String, byte[]> resources = new ConcurrentHashMap<>();
    private final ClassLoader loader = new ClassLoader(null) {
        @Override
        public InputStream getResourceAsStream(String name) {
            byte[] classFile = resources.get(name);
            return classFile == null ? null : new ByteArrayInputStream(classFile);
        }
    };

    @Test
    void annotatedClassIsRewritten() {
        assertThat(methods(transform("", "test/Foo", annotated("test/Foo", 0)))).contains("work$async");
    }

    @Test
    void otherClassesStayAsTheyAre() {
        assertThat(transform("", "test/Foo", type("test/Foo").toByteArray())).isNull();
    }

    @Test
    void classesOfTheJdkAndOfTheAgentAreNotLookedAt() {
        byte[] noClassFile = {1, 2, 3};

        assertThat(transform("", "java/lang/Foo", noClassFile)).isNull();
        assertThat(transform("", "dev/weft/agent/compiler/Foo", noClassFile)).isNull();
        assertThat(transform("", "dev/weft/agent/Foo", noClassFile)).isNull();
        assertThat(new Transformer(Options.parse("")).transform(null, null, "test/Foo", null, null, noClassFile))
                .isNull();
        assertThat(new Transformer(Options.parse(""))
                        .transform(null, ClassLoader.getPlatformClassLoader(), "test/Foo", null, null, noClassFile))
                .isNull();
    }

    @Test
    void annotatedClassesOfWellKnownLibrariesAreRewritten() {
        assertThat(transform("", "io/netty/Foo", annotated("io/netty/Foo", 0))).isNotNull();
    }

    @Test
    void selectedClassesOfWellKnownLibrariesAreRewritten() {
        byte[] classFile = type("io/netty/Foo").toByteArray();

        assertThat(transform("", "io/netty/Foo", classFile)).isNull();
        assertThat(transform("async=io.netty.*", "io/netty/Foo", withMethod("io/netty/Foo")))
                .isNotNull();
    }

    @Test
    void classFilesThatAreNewerThanWeftAreRewrittenWithOneWarningForEachVersion() {
        List<String> logged = new ArrayList<>();
        Transformer transformer = new Transformer(Options.parse(""));

        for (int version : new int[] {99, 99, 98, 61}) {
            byte[] classFile = annotated("test/Foo", 0);
            classFile[7] = (byte) version;
            byte[] rewritten =
                    logging(logged, () -> transformer.transform(null, loader, "test/Foo", null, null, classFile));
            assertThat(rewritten[7]).isEqualTo((byte) version);
            rewritten[7] = 61; // for ASM
            assertThat(methods(rewritten)).contains("work$async");
        }

        assertThat(logged)
                .hasSize(2)
                .anyMatch(warning -> warning.startsWith("Class files of version 99 are newer"))
                .anyMatch(warning -> warning.startsWith("Class files of version 98 are newer"));
    }

    @Test
    void noExceptionReachesTheJvm() {
        List<String> logged = new ArrayList<>();

        assertThat(logging(logged, () -> transform("", "test/Foo", new byte[] {1, 2, 3})))
                .isNull();

        assertThat(logged).containsExactly("Cannot look at class test/Foo; it is left as it is");
    }

    @Test
    void classThatDoesNotVerifyIsRefusedAsAWhole() {
        List<String> logged = new ArrayList<>();
        byte[] classFile = annotated("test/Foo", Opcodes.IADD);

        byte[] refused = logging(logged, () -> transform("verify=true", "test/Foo", classFile));

        assertThat(methods(refused))
                .containsExactlyInAnyOrder("work", "work$async", "work$resume", "weft$dispatch", "weft$suspend");
        assertThat(logged.get(0)).isEqualTo("Cannot rewrite class test.Foo");
        assertThat(logged.get(1))
                .startsWith("test.Foo.work(Unknown Source) cannot be rewritten: the rewriting of its class");
    }

    @Test
    void supertypesAreReadThroughTheLoader() {
        resources.put("test/Base.class", annotated("test/Base", 0));
        ClassWriter heir = new ClassWriter(0);
        heir.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "test/Heir", null, "test/Base", null);
        heir.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_NATIVE, "work", "()V", null, null)
                .visitEnd();

        assertThat(methods(transform("", "test/Heir", heir.toByteArray()))).contains("work$async");
    }

    private byte[] transform(String options, String name, byte[] classFile) {
        return new Transformer(Options.parse(options)).transform(null, loader, name, null, null, classFile);
    }

    private static byte[] logging(List<String> messages, Supplier<byte[]> action) {
        Logger logger = Logger.getLogger("dev.weft.agent");
        logger.setFilter(entry -> {
            messages.add(entry.getMessage());
            return false;
        });
        try {
            return action.get();
        } finally {
            logger.setFilter(null);
        }
    }

    private static List<String> methods(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        return node.methods.stream().map(method -> method.name).toList();
    }

    /** A class with an annotated {@code void work()} that begins with an instruction, if that is not 0. */
    private static byte[] annotated(String name, int opcode) {
        ClassWriter writer = type(name);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "work", "()V", null, null);
        method.visitAnnotation("Ldev/weft/Async;", true).visitEnd();
        code(method, opcode);
        return writer.toByteArray();
    }

    private static byte[] withMethod(String name) {
        ClassWriter writer = type(name);
        code(writer.visitMethod(Opcodes.ACC_PUBLIC, "work", "()V", null, null), 0);
        return writer.toByteArray();
    }

    private static void code(MethodVisitor method, int opcode) {
        method.visitCode();
        if (opcode != 0) {
            method.visitInsn(opcode);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(2, 2);
        method.visitEnd();
    }

    private static ClassWriter type(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        return writer;
    }
}
