package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What the compiler needs to know of a class that it does not rewrite: its header.
 *
 * @param rewritable its class file is not older than Java 8's, whose interfaces can have no twins
 * @param bridgeTargets for each method that compiler bridges of this class call, the bridges (all as name + descriptor)
 * @param accessors the compiler's methods by which nested classes reach private members of this one, or which add
 *     default arguments (as name + descriptor), and what they call
 */
record ClassInfo(
        String name,
        @Nullable String superName,
        List<String> interfaces,
        int access,
        boolean rewritable,
        Map<String, Method> methods,
        Map<String, List<String>> bridgeTargets,
        Map<String, List<Call>> accessors) {
    /** A method as an instruction names it. */
    record Call(String owner, String name, String descriptor) {}

    /** A declared method; {@code annotated} with {@code @Async} itself. */
    record Method(int access, boolean annotated) {
        boolean is(int flag) {
            return (access & flag) != 0;
        }
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    static ClassInfo of(byte[] classFile) {
        ClassReader reader = new LenientClassReader(classFile);
        Reader visitor = new Reader();
        reader.accept(visitor, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES | ClassReader.SKIP_CODE);
        if (visitor.needsCode) {
            reader.accept(visitor.codeReader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
        return new ClassInfo(
                reader.getClassName(),
                reader.getSuperName(),
                List.of(reader.getInterfaces()),
                reader.getAccess(),
                LenientClassReader.majorVersion(classFile) >= Opcodes.V1_8,
                visitor.methods,
                visitor.bridgeTargets,
                visitor.accessors);
    }

    private static final class Reader extends ClassVisitor {
        final Map<String, Method> methods = new HashMap<>();
        final Map<String, List<String>> bridgeTargets = new HashMap<>();
        final Map<String, List<Call>> accessors = new HashMap<>();
        boolean needsCode;
        String owner = "";

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            owner = name;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            needsCode |= isBridge(access) || isAccessor(access, name);
            methods.put(name + descriptor, new Method(access, false));
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
                    if (type.equals(RuntimeNames.ANNOTATION)) {
                        methods.put(name + descriptor, new Method(access, true));
                    }
                    return null;
                }
            };
        }

        ClassVisitor codeReader() {
            return new ClassVisitor(Opcodes.ASM9) {
                @Override
                public @Nullable MethodVisitor visitMethod(
                        int access, String name, String descriptor, String signature, String[] exceptions) {
                    if (isBridge(access)) {
                        return targetsOf(name, name + descriptor);
                    }
                    return isAccessor(access, name) ? callsOf(name + descriptor) : null;
                }
            };
        }

        private MethodVisitor targetsOf(String bridgeName, String bridge) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String target, String name, String descriptor, boolean itf) {
                    if (target.equals(owner) && name.equals(bridgeName) && !bridge.equals(name + descriptor)) {
                        bridgeTargets
                                .computeIfAbsent(name + descriptor, key -> new ArrayList<>())
                                .add(bridge);
                    }
                }
            };
        }

        private MethodVisitor callsOf(String accessor) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String target, String name, String descriptor, boolean itf) {
                    if (!isAccessorName(name)) {
                        accessors
                                .computeIfAbsent(accessor, key -> new ArrayList<>())
                                .add(new Call(target, name, descriptor));
                    }
                }
            };
        }

        private static boolean isBridge(int access) {
            return (access & Opcodes.ACC_BRIDGE) != 0;
        }

        private static boolean isAccessor(int access, String name) {
            int flags = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
            return (access & flags) == flags && isAccessorName(name);
        }

        // access$000 is javac's, access$0 ecj's; access$foo and foo$default are kotlinc's
        private static boolean isAccessorName(String name) {
            return name.startsWith("access$") || name.endsWith("$default");
        }
    }
}
