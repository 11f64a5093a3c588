package dev.weft.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the {@link ResumePoint}s of a rewritten class when one of its methods suspends for the first time.
 *
 * <p>The class holds {@code private static Object weft$dispatch(int method, Frame, Continuation, Object value)}, which
 * leads to its resume bodies. The points' class is a hidden nestmate whose {@code resume} makes that call; it is the same
 * in every host but for two names, so its class file is written here byte by byte.
 */
public final class ResumePoints {
    private static final String DISPATCH = "weft$dispatch";
    private static final String SUPER = "dev/weft/internal/ResumePoint";
    private static final String RESUME_DESCRIPTOR =
            "(Ldev/weft/internal/Frame;Ldev/weft/internal/Continuation;Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String DISPATCH_DESCRIPTOR = "(I" + RESUME_DESCRIPTOR.substring(1);
    private static final String CONSTRUCTOR_DESCRIPTOR = "(IILjava/lang/StackTraceElement;)V";

    private ResumePoints() {}

    /**
     * Bootstraps the call site of {@code ()ResumePoint[]} in a rewritten class.
     *
     * @param table the methods in order, each as its name, its key and the lines of its points:
     *     {@code "name;-77;12;15/other;99;3"}; in several parts if it is long
     */
    public static CallSite bootstrap(Lookup host, String name, MethodType type, String sourceFile, String... table)
            throws Throwable {
        Lookup hidden = host.defineHiddenClass(classFile(host.lookupClass()), false, ClassOption.NESTMATE);
        MethodHandle constructor = hidden.findConstructor(
                        hidden.lookupClass(),
                        MethodType.methodType(void.class, int.class, int.class, StackTraceElement.class))
                .asType(MethodType.methodType(ResumePoint.class, int.class, int.class, StackTraceElement.class));
        String className = host.lookupClass().getName();
        List<ResumePoint> points = new ArrayList<>();
        String[] methods = String.join("", table).split("/");
        for (String method : methods) {
            String[] entry = method.split(";");
            int key = Integer.parseInt(entry[1]);
            for (int state = 0; state < entry.length - 2; state++) {
                StackTraceElement location =
                        new StackTraceElement(className, entry[0], sourceFile, Integer.parseInt(entry[state + 2]));
                points.add((ResumePoint) constructor.invokeExact(key, state, location));
            }
        }
        return new ConstantCallSite(MethodHandles.constant(ResumePoint[].class, points.toArray(new ResumePoint[0])));
    }

    // final class Host$$Resume extends ResumePoint {
    //     Host$$Resume(int method, int state, StackTraceElement location) { super(method, state, location); }
    //     public Object resume(Frame f, Continuation co, Object v) { return Host.weft$dispatch(method, f, co, v); }
    // }
    private static byte[] classFile(Class<?> host) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(700);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            String hostName = host.getName().replace('.', '/');
            out.writeInt(0xCAFEBABE);
            out.writeInt(61);
            out.writeShort(22); // constants 1 to 21
            utf8(out, hostName + "$$Resume"); // 1
            reference(out, 7, 1); // 2 Class: this
            utf8(out, SUPER); // 3
            reference(out, 7, 3); // 4 Class: super
            utf8(out, hostName); // 5
            reference(out, 7, 5); // 6 Class: host
            utf8(out, "<init>"); // 7
            utf8(out, CONSTRUCTOR_DESCRIPTOR); // 8
            reference(out, 12, 7, 8); // 9 NameAndType
            reference(out, 10, 4, 9); // 10 Methodref: super.<init>
            utf8(out, "resume"); // 11
            utf8(out, RESUME_DESCRIPTOR); // 12
            utf8(out, DISPATCH); // 13
            utf8(out, DISPATCH_DESCRIPTOR); // 14
            reference(out, 12, 13, 14); // 15 NameAndType
            reference(out, host.isInterface() ? 11 : 10, 6, 15); // 16 Methodref: host.weft$dispatch
            utf8(out, "method"); // 17
            utf8(out, "I"); // 18
            reference(out, 12, 17, 18); // 19 NameAndType
            reference(out, 9, 2, 19); // 20 Fieldref: this.method
            utf8(out, "Code"); // 21
            out.writeShort(0x1030); // final super synthetic
            out.writeShort(2);
            out.writeShort(4);
            out.writeShort(0); // interfaces
            out.writeShort(0); // fields
            out.writeShort(2); // methods
            method(out, 0, 7, 8, 4, new int[] {0x2a, 0x1b, 0x1c, 0x2d, 0xb7, 0, 10, 0xb1});
            method(out, 1, 11, 12, 4, new int[] {0x2a, 0xb4, 0, 20, 0x2b, 0x2c, 0x2d, 0xb8, 0, 16, 0xb0});
            out.writeShort(0); // attributes
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void utf8(DataOutputStream out, String value) throws IOException {
        out.writeByte(1);
        out.writeUTF(value);
    }

    private static void reference(DataOutputStream out, int tag, int... indices) throws IOException {
        out.writeByte(tag);
        for (int index : indices) {
            out.writeShort(index);
        }
    }

    private static void method(DataOutputStream out, int access, int name, int descriptor, int slots, int[] code)
            throws IOException {
        out.writeShort(access);
        out.writeShort(name);
        out.writeShort(descriptor);
        out.writeShort(1);
        out.writeShort(21); // Code
        out.writeInt(12 + code.length);
        out.writeShort(slots); // max stack
        out.writeShort(slots); // max locals
        out.writeInt(code.length);
        for (int octet : code) {
            out.writeByte(octet);
        }
        out.writeShort(0); // exception table
        out.writeShort(0); // attributes
    }
}
