package dev.weft.benchmarks.frames;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A compiled class whose name contains {@code 000}, from which numbered copies are made.
 *
 * <p>In a copy each call of the template's method {@code constant...()} is an {@code invokedynamic}, as in the code that the
 * agent emits; javac cannot be made to write one.
 */
record Template(byte[] classFile) {
    private static final String NUMBER = "000";
    private static final String BOOTSTRAP_TYPE =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)"
                    + "Ljava/lang/invoke/CallSite;";

    static Template of(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return new Template(withDynamicConstants(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Defines the copy, a class of this package. */
    Class<?> define(int number) {
        try {
            return MethodHandles.lookup().defineClass(copy(number));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Defines the copy that belongs to a numbered class, as its hidden nestmate. */
    Lookup defineFor(Lookup host) throws IllegalAccessException {
        String name = host.lookupClass().getSimpleName();
        int number = Integer.parseInt(name.substring(name.length() - NUMBER.length()));
        return host.defineHiddenClass(copy(number), false, ClassOption.NESTMATE);
    }

    // Names of equal length: no offset in the file moves.
    private byte[] copy(int number) {
        byte[] digits = String.format(Locale.ROOT, "%03d", number).getBytes(StandardCharsets.US_ASCII);
        byte[] from = ("Host" + NUMBER).getBytes(StandardCharsets.US_ASCII);
        byte[] copy = classFile.clone();
        for (int at = 0; at <= copy.length - from.length; at++) {
            if (startsWith(copy, at, from)) {
                System.arraycopy(digits, 0, copy, at + from.length - digits.length, digits.length);
            }
        }
        return copy;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[at + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] withDynamicConstants(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
                        return new ConstantCalls(reader.getClassName(), next);
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** Turns {@code constant()} in {@code FooHost000} into an {@code invokedynamic} bootstrapped by {@code Foo}. */
    private static final class ConstantCalls extends MethodVisitor {
        private final String host;

        ConstantCalls(String host, MethodVisitor next) {
            super(Opcodes.ASM9, next);
            this.host = host;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            if (owner.equals(host) && name.startsWith("constant")) {
                String bootstraps = host.substring(0, host.indexOf("Host" + NUMBER));
                super.visitInvokeDynamicInsn(
                        name, type, new Handle(Opcodes.H_INVOKESTATIC, bootstraps, "bootstrap", BOOTSTRAP_TYPE, false));
            } else {
                super.visitMethodInsn(opcode, owner, name, type, isInterface);
            }
        }
    }
}
