package dev.weft.agent.compiler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first look at a class file, at its constant pool alone: it decides in microseconds that a class has nothing to do with
 * us, which is true of nearly all.
 *
 * @param mentionsAnnotation {@code @Async} is named somewhere
 * @param rewritten the class has been through the compiler before
 * @param lambdaTypes the interfaces that its {@code invokedynamic}s make, unless they are the JDK's
 */
public record PoolScan(
        String name,
        @Nullable String superName,
        List<String> interfaces,
        boolean mentionsAnnotation,
        boolean rewritten,
        List<String> lambdaTypes) {
    private static final byte[] ANNOTATION = RuntimeNames.ANNOTATION.getBytes(StandardCharsets.UTF_8);
    private static final byte[] REWRITTEN = RuntimeNames.REWRITTEN_ATTRIBUTE.getBytes(StandardCharsets.UTF_8);

    /**
     * @throws ArrayIndexOutOfBoundsException or another unchecked exception if this is no class file
     */
    public static PoolScan of(byte[] classFile) {
        Pool pool = new Pool(classFile);
        int at = pool.end + 2;
        String name = pool.className(pool.u2(at));
        int superIndex = pool.u2(at + 2);
        List<String> interfaces = new ArrayList<>(pool.u2(at + 4));
        for (int i = 0; i < pool.u2(at + 4); i++) {
            interfaces.add(pool.className(pool.u2(at + 6 + 2 * i)));
        }
        return new PoolScan(
                name,
                superIndex == 0 ? null : pool.className(superIndex),
                interfaces,
                pool.mentionsAnnotation,
                pool.mentionsRewritten && pool.hasRewrittenAttribute(at + 6 + 2 * interfaces.size()),
                pool.lambdaTypes());
    }

    /** Whether {@code @Async} is named somewhere in the class file: all that is asked of most classes. */
    public static boolean mentionsAnnotation(byte[] classFile) {
        int at = 10;
        for (int entries = u2(classFile, 8) - 1; entries > 0; entries--) {
            switch (classFile[at]) {
                case 1 -> { // Utf8
                    int length = u2(classFile, at + 1);
                    if (length == ANNOTATION.length && Pool.equals(classFile, at + 3, ANNOTATION)) {
                        return true;
                    }
                    at += 3 + length;
                }
                case 5, 6 -> { // Long, Double: two entries
                    at += 9;
                    entries--;
                }
                default -> at += Pool.size(classFile[at]);
            }
        }
        return false;
    }

    private static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private static final class Pool {
        private final byte[] bytes;
        private final int[] offsets;
        private final int[] dynamics;
        private int dynamicCount;
        final int end;
        boolean mentionsAnnotation;
        boolean mentionsRewritten;

        Pool(byte[] bytes) {
            this.bytes = bytes;
            int count = u2(8);
            offsets = new int[count];
            dynamics = new int[count];
            int at = 10;
            for (int index = 1; index < count; index++) {
                offsets[index] = at;
                int tag = bytes[at];
                switch (tag) {
                    case 1 -> { // Utf8
                        int length = u2(at + 1);
                        mentionsAnnotation |= length == ANNOTATION.length && equals(bytes, at + 3, ANNOTATION);
                        mentionsRewritten |= length == REWRITTEN.length && equals(bytes, at + 3, REWRITTEN);
                        at += 3 + length;
                    }
                    case 5, 6 -> { // Long, Double: two entries
                        at += 9;
                        index++;
                    }
                    case 18 -> { // InvokeDynamic
                        dynamics[dynamicCount++] = u2(at + 3);
                        at += size(tag);
                    }
                    default -> at += size(tag);
                }
            }
            end = at;
        }

        List<String> lambdaTypes() {
            List<String> types = new ArrayList<>();
            for (int i = 0; i < dynamicCount; i++) {
                String descriptor = utf8(u2(offsets[dynamics[i]] + 3));
                int result = descriptor.lastIndexOf(')') + 1;
                if (descriptor.charAt(result) == 'L') {
                    String type = descriptor.substring(result + 1, descriptor.length() - 1);
                    if (!Hierarchy.isPlatform(type) && !types.contains(type)) {
                        types.add(type);
                    }
                }
            }
            return types;
        }

        // The name alone could be a constant of a program that asks for the attribute.
        boolean hasRewrittenAttribute(int fields) {
            int at = skipMembers(skipMembers(fields));
            int end = at + 2;
            for (int i = u2(at); i > 0; i--) {
                int name = offsets[u2(end)];
                if (u2(name + 1) == REWRITTEN.length && equals(bytes, name + 3, REWRITTEN)) {
                    return true;
                }
                end += 6 + u4(end + 2);
            }
            return false;
        }

        private int skipMembers(int at) {
            int end = at + 2;
            for (int i = u2(at); i > 0; i--) {
                int attributes = u2(end + 6);
                end += 8;
                for (; attributes > 0; attributes--) {
                    end += 6 + u4(end + 2);
                }
            }
            return end;
        }

        private int u4(int at) {
            return u2(at) << 16 | u2(at + 2);
        }

        String className(int index) {
            return utf8(u2(offsets[index] + 1));
        }

        int u2(int at) {
            return PoolScan.u2(bytes, at);
        }

        // Modified UTF-8 differs for names beyond the basic plane only; such a class at worst gets a second look.
        private String utf8(int index) {
            int at = offsets[index];
            return new String(bytes, at + 3, u2(at + 1), StandardCharsets.UTF_8);
        }

        // Of an entry that is neither Utf8 nor Long nor Double.
        static int size(int tag) {
            return switch (tag) {
                case 7, 8, 16, 19, 20 -> 3; // Class, String, MethodType, Module, Package
                case 15 -> 4; // MethodHandle
                case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
                default -> throw new IllegalArgumentException("constant pool tag " + tag);
            };
        }

        static boolean equals(byte[] bytes, int at, byte[] expected) {
            for (int i = 0; i < expected.length; i++) {
                if (bytes[at + i] != expected[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
