package dev.weft.agent.tests.libraries;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.LimitExceededException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a call of {@link Leaf#v} behind every call in a class, before the compiler sees it, so that each is a suspension
 * point whatever it calls.
 *
 * <p>The leaf takes and returns nothing and nobody jumps to it, so that the class keeps its own stack maps. Constructors and
 * initialisers, which are never rewritten, stay as they are; so do methods that would become too large.
 */
final class LeafCalls {
    private static final String LEAF = Leaf.class.getName().replace('.', '/');

    private final byte[] classFile;
    private final Set<String> excluded = new HashSet<>();
    private final Map<String, Integer> crossedNews = new HashMap<>();

    private LeafCalls(byte[] classFile) {
        this.classFile = classFile;
    }

    /**
     * A class file with the calls.
     *
     * @param crossedNews for each method (name + descriptor) how many objects would be uninitialised across a suspension point
     */
    record Inserted(byte[] classFile, Map<String, Integer> crossedNews) {}

    static Inserted into(byte[] classFile) {
        LeafCalls calls = new LeafCalls(classFile);
        while (true) {
            byte[] inserted = calls.insert();
            if (inserted != null) {
                return new Inserted(inserted, calls.crossedNews);
            }
        }
    }

    private byte @Nullable [] insert() {
        ClassWriter writer = new ClassWriter(0);
        Inserter inserter = new Inserter(writer);
        try {
            new ClassReader(classFile).accept(inserter, 0);
            return writer.toByteArray();
        } catch (MethodTooLargeException e) {
            excluded.add(e.getMethodName() + e.getDescriptor());
        } catch (LimitExceededException e) { // a jump has become too long, in some method
            excluded.add(inserter.longest);
        }
        return null;
    }

    private final class Inserter extends ClassVisitor {
        String longest = "";
        private int mostCalls = -1;

        Inserter(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            String method = name + descriptor;
            return name.startsWith("<") || excluded.contains(method) ? next : new Calls(next, method);
        }

        private final class Calls extends MethodVisitor {
            private final String method;
            private final Deque<boolean[]> news = new ArrayDeque<>(); // whether a call was crossed
            private int crossed;
            private int calls;

            Calls(MethodVisitor next, String method) {
                super(Opcodes.ASM9, next);
                this.method = method;
            }

            @Override
            public void visitTypeInsn(int opcode, String type) {
                super.visitTypeInsn(opcode, type);
                if (opcode == Opcodes.NEW) {
                    news.push(new boolean[1]);
                }
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean itf) {
                super.visitMethodInsn(opcode, owner, name, descriptor, itf);
                if (name.equals("<init>") && !news.isEmpty() && news.pop()[0]) {
                    crossed++;
                }
                callLeaf();
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
                callLeaf();
            }

            private void callLeaf() {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, LEAF, "v", "()V", false);
                news.forEach(fresh -> fresh[0] = true);
                calls++;
            }

            @Override
            public void visitEnd() {
                super.visitEnd();
                crossedNews.put(method, crossed);
                if (calls > mostCalls) {
                    mostCalls = calls;
                    longest = method;
                }
            }
        }
    }
}
