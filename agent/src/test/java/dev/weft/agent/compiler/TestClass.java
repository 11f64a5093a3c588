package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A class for a test, its methods a line or two each; of the runtime, nothing but names is needed. */
final class TestClass {
    /** Public and static. */
    static final int STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

    static final String HOST = "test/Host";

    /** What the methods of the tests call in order to suspend; its methods are named for their result. */
    static final TestClass LEAF = new TestClass("test/Leaf")
            .async(STATIC | Opcodes.ACC_NATIVE, "pause", "()V")
            .async(STATIC | Opcodes.ACC_NATIVE, "anInt", "()I")
            .async(STATIC | Opcodes.ACC_NATIVE, "aLong", "()J")
            .async(STATIC | Opcodes.ACC_NATIVE, "aFloat", "()F")
            .async(STATIC | Opcodes.ACC_NATIVE, "aDouble", "()D")
            .async(STATIC | Opcodes.ACC_NATIVE, "aString", "()Ljava/lang/String;");

    final ClassNode node = new ClassNode(Opcodes.ASM9);

    TestClass(String name) {
        node.version = Opcodes.V17;
        node.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER;
        node.name = name;
        node.superName = "java/lang/Object";
        node.sourceFile = name.substring(name.lastIndexOf('/') + 1) + ".java";
    }

    static TestClass host() {
        return new TestClass(HOST);
    }

    TestClass asInterface() {
        node.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
        return this;
    }

    TestClass version(int version) {
        node.version = version;
        return this;
    }

    TestClass extending(String superclass) {
        node.superName = superclass;
        return this;
    }

    TestClass implementing(String... interfaces) {
        node.interfaces.addAll(List.of(interfaces));
        return this;
    }

    /** A method without code. */
    TestClass method(int access, String name, String descriptor) {
        node.methods.add(new MethodNode(access, name, descriptor, null, null));
        return this;
    }

    TestClass method(int access, String name, String descriptor, Consumer<Code> body) {
        method(access, name, descriptor);
        Code code = new Code();
        body.accept(code);
        last().instructions = code;
        return this;
    }

    TestClass async(int access, String name, String descriptor) {
        return method(access, name, descriptor).annotated();
    }

    TestClass async(int access, String name, String descriptor, Consumer<Code> body) {
        return method(access, name, descriptor, body).annotated();
    }

    private TestClass annotated() {
        last().visibleAnnotations = new ArrayList<>(List.of(new AnnotationNode(RuntimeNames.ANNOTATION)));
        return this;
    }

    /** The method that was added last. */
    MethodNode last() {
        return node.methods.get(node.methods.size() - 1);
    }

    byte[] bytes() {
        int flags = node.version >= Opcodes.V1_7 ? ClassWriter.COMPUTE_FRAMES : ClassWriter.COMPUTE_MAXS;
        ClassWriter writer = new ClassWriter(flags) {
            @Override
            protected String getCommonSuperClass(String first, String second) {
                return "java/lang/Object";
            }
        };
        node.accept(writer);
        return writer.toByteArray();
    }

    /** The class as the compiler reads it. */
    ClassNode read() {
        return read(bytes());
    }

    static ClassNode read(byte[] classFile) {
        ClassNode read = new ClassNode(Opcodes.ASM9);
        new ClassReader(classFile).accept(read, ClassReader.EXPAND_FRAMES);
        return read;
    }

    CompiledClass compile(TestClass... others) {
        return ClassCompiler.atLoad(hierarchy(AsyncSelection.NONE, others)).compile(bytes());
    }

    CompiledClass compile(AsyncSelection selection, TestClass... others) {
        return ClassCompiler.atLoad(hierarchy(selection, others)).compile(bytes());
    }

    static Hierarchy hierarchy(TestClass... classes) {
        return hierarchy(AsyncSelection.NONE, classes);
    }

    static Hierarchy hierarchy(AsyncSelection selection, TestClass... classes) {
        Map<String, byte[]> files = new HashMap<>();
        files.put(LEAF.node.name, LEAF.bytes());
        for (TestClass type : classes) {
            files.put(type.node.name, type.bytes());
        }
        return new Hierarchy(files::get, selection);
    }

    /** A static method of {@link #HOST} as the compiler reads it. */
    static MethodNode method(String descriptor, Consumer<Code> body) {
        return method(STATIC, descriptor, body);
    }

    static MethodNode method(int access, String descriptor, Consumer<Code> body) {
        return find(host().method(access, "work", descriptor, body).read(), "work");
    }

    static MethodNode find(ClassNode type, String name) {
        return type.methods.stream()
                .filter(method -> method.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no method " + name));
    }

    static List<String> methodNames(ClassNode type) {
        return type.methods.stream().map(method -> method.name).toList();
    }

    /** The calls of {@link #LEAF}. */
    static Set<MethodInsnNode> calls(MethodNode method) {
        return new SuspensionPoints(host().node, hierarchy()).calls(method);
    }

    static List<SuspensionPoint> points(MethodNode method) {
        return new SuspensionPoints(host().node, hierarchy()).analyse(method, calls(method));
    }

    // Pieces of code that Code has no short name for.

    static void call(Code code, String leaf) {
        code.add(LEAF.node.methods.stream()
                .filter(method -> method.name.equals(leaf))
                .map(method -> new MethodInsnNode(Opcodes.INVOKESTATIC, LEAF.node.name, leaf, method.desc, false))
                .findFirst()
                .orElseThrow());
    }

    static void line(Code code, int line) {
        LabelNode start = new LabelNode();
        code.label(start).add(new LineNumberNode(line, start));
    }

    /** Calls the constructor of {@code test/Foo} with these arguments. */
    static void constructFoo(Code code, String arguments) {
        code.invoke(Opcodes.INVOKESPECIAL, "test/Foo", "<init>", "(" + arguments + ")V", false);
    }

    static void lambda(Code code, String type, String name, String descriptor, Handle implementation) {
        Handle metafactory = new Handle(
                Opcodes.H_INVOKESTATIC,
                RuntimeNames.METAFACTORY_OWNER,
                "metafactory",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                        + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
                        + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
                false);
        Type method = Type.getMethodType(descriptor);
        code.add(new InvokeDynamicInsnNode(name, "()L" + type + ";", metafactory, method, implementation, method));
    }
}
