package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicVerifier;
import org.objectweb.asm.util.CheckClassAdapter;

/** Has classes checked by ASM and by the JVM's own verifier, with empty classes in place of all others. */
final class Verified extends ClassLoader {
    private final Map<String, byte[]> classFiles = new HashMap<>();

    private Verified() {
        super(ClassLoader.getPlatformClassLoader());
    }

    /** Checks a rewritten class and gives it back for a closer look. */
    static ClassNode rewritten(CompiledClass compiled, TestClass... others) {
        assertThat(compiled.classFile()).as("the rewritten class").isNotNull();
        byte[] classFile = compiled.classFile();
        StringWriter problems = new StringWriter();
        Verified loader = new Verified();
        for (TestClass other : others) {
            loader.classFiles.put(other.node.name, other.bytes());
        }
        loader.classFiles.put(compiled.name(), classFile);
        CheckClassAdapter.verify(new ClassReader(classFile), loader, false, new PrintWriter(problems));
        assertThat(problems.toString()).isEmpty();
        loader.link(compiled.name());
        return TestClass.read(classFile);
    }

    /** Checks a method after a pass, its stack maps included. */
    static void method(MethodNode method) {
        try {
            new Analyzer<>(new BasicVerifier()).analyzeAndComputeMaxs(TestClass.HOST, method);
        } catch (AnalyzerException e) {
            throw new AssertionError(String.join("\n", Listing.withFrames(method)), e);
        }
        ClassNode host = TestClass.host().node;
        host.methods.add(method);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        host.accept(writer);
        Verified loader = new Verified();
        loader.classFiles.put(TestClass.HOST, writer.toByteArray());
        loader.link(TestClass.HOST);
    }

    private void link(String internalName) {
        try {
            Class.forName(internalName.replace('/', '.'), true, this);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Class<?> findClass(String name) {
        String internalName = name.replace('.', '/');
        byte[] classFile = classFiles.computeIfAbsent(internalName, Verified::standIn);
        return defineClass(name, classFile, 0, classFile.length);
    }

    private static byte[] standIn(String internalName) {
        boolean isFrame =
                internalName.startsWith(RuntimeNames.FRAME + "$") || internalName.equals(RuntimeNames.CONTINUATION);
        ClassWriter writer = new ClassWriter(0);
        String superclass = internalName.equals(RuntimeNames.REFUSED_ERROR)
                ? "java/lang/Error"
                : isFrame ? RuntimeNames.FRAME : "java/lang/Object";
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, internalName, null, superclass, null);
        writer.visitEnd();
        return writer.toByteArray();
    }
}
