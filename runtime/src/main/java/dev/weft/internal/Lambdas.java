package dev.weft.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Links the lambdas and method references of rewritten code that are bound to an {@code @Async} functional interface.
 *
 * <p>The agent only exchanges the bootstrap method of such an {@code invokedynamic} and the implementation it names. The
 * JDK's own {@link LambdaMetafactory} still makes the lambda, but for the interface's twin: {@code run$async} instead of
 * {@code run}. So that {@code run} works too, the lambda implements a companion of the interface, which adds
 *
 * <pre>{@code default T run() { return run$async(Continuation.REFUSING); }}</pre>
 *
 * The interface itself keeps its abstract method: compilers, proxies and frameworks see what its author wrote.
 */
public final class Lambdas {
    /** In the name of every companion: what the agent leaves alone. */
    private static final String COMPANION = "$$weft$";

    private static final String TWIN = "$async";
    private static final Lookup RUNTIME = MethodHandles.lookup();

    private static final ClassValue<Map<Class<?>, Class<?>>> COMPANIONS = new ClassValue<>() {
        @Override
        protected Map<Class<?>, Class<?>> computeValue(Class<?> host) {
            return new ConcurrentHashMap<>();
        }
    };

    private Lambdas() {}

    /** Stands for {@link LambdaMetafactory#metafactory}, with the twin of the implementation. */
    public static CallSite metafactory(
            Lookup caller,
            String name,
            MethodType factoryType,
            MethodType interfaceMethodType,
            MethodHandle twin,
            MethodType dynamicMethodType)
            throws LambdaConversionException {
        Class<?> companion = companion(caller, name, factoryType.returnType(), List.of(interfaceMethodType));
        CallSite site = LambdaMetafactory.metafactory(
                caller,
                name + TWIN,
                factoryType.changeReturnType(companion),
                twinType(interfaceMethodType),
                twin,
                twinType(dynamicMethodType));
        return new ConstantCallSite(site.getTarget().asType(factoryType));
    }

    /** Stands for {@link LambdaMetafactory#altMetafactory}, with the twin of the implementation. */
    public static CallSite altMetafactory(Lookup caller, String name, MethodType factoryType, Object... args)
            throws LambdaConversionException {
        MethodType interfaceMethodType = (MethodType) args[0];
        List<MethodType> types = new ArrayList<>(List.of(interfaceMethodType));
        Object[] twinArgs = args.clone();
        twinArgs[0] = twinType(interfaceMethodType);
        twinArgs[2] = twinType((MethodType) args[2]);
        int flags = (Integer) args[3];
        int index = 4;
        if ((flags & LambdaMetafactory.FLAG_MARKERS) != 0) {
            index += 1 + (Integer) args[index];
        }
        if ((flags & LambdaMetafactory.FLAG_BRIDGES) != 0) {
            int bridges = (Integer) args[index++];
            for (; bridges > 0; bridges--, index++) {
                types.add((MethodType) args[index]);
                twinArgs[index] = twinType((MethodType) args[index]);
            }
        }
        Class<?> companion = companion(caller, name, factoryType.returnType(), types);
        CallSite site = LambdaMetafactory.altMetafactory(
                caller, name + TWIN, factoryType.changeReturnType(companion), twinArgs);
        return new ConstantCallSite(site.getTarget().asType(factoryType));
    }

    /**
     * Gives a serialized lambda the names that the compiler knew; the agent calls it at the head of every
     * {@code $deserializeLambda$}.
     *
     * @param references the method references that became lambdas, each as the name of its body, then kind, class, name and
     *     descriptor of the method that was referred to, with dots between
     */
    public static SerializedLambda normalize(SerializedLambda lambda, Class<?> host, String... references) {
        String companion = lambda.getFunctionalInterfaceClass();
        int at = companion.indexOf(COMPANION);
        if (at < 0) {
            return lambda;
        }
        Object[] captured = new Object[lambda.getCapturedArgCount()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = lambda.getCapturedArg(i);
        }
        int kind = lambda.getImplMethodKind();
        String owner = lambda.getImplClass();
        String name = withoutSuffix(lambda.getImplMethodName());
        String descriptor = withoutContinuation(lambda.getImplMethodSignature());
        for (String reference : references) {
            String[] parts = reference.split("\\.");
            if (parts[0].equals(name)) {
                kind = Integer.parseInt(parts[1]);
                owner = parts[2];
                name = parts[3];
                descriptor = parts[4];
                break;
            }
        }
        return new SerializedLambda(
                host,
                companion.substring(at + COMPANION.length()).replace(':', '/'),
                withoutSuffix(lambda.getFunctionalInterfaceMethodName()),
                withoutContinuation(lambda.getFunctionalInterfaceMethodSignature()),
                kind,
                owner,
                name,
                descriptor,
                withoutContinuation(lambda.getInstantiatedMethodType()),
                captured);
    }

    /** Whether the object is a lambda that was linked here. */
    static boolean isRewritten(Object lambda) {
        for (Class<?> type : lambda.getClass().getInterfaces()) {
            if (type.getName().contains(COMPANION)) {
                return true;
            }
        }
        return false;
    }

    static boolean isCompanion(Class<?> type) {
        return type.getName().contains(COMPANION);
    }

    private static MethodType twinType(MethodType type) {
        return type.appendParameterTypes(Continuation.class);
    }

    private static String withoutSuffix(String twinName) {
        return twinName.endsWith(TWIN) ? twinName.substring(0, twinName.length() - TWIN.length()) : twinName;
    }

    private static String withoutContinuation(String twinDescriptor) {
        return twinDescriptor.replace("Ldev/weft/internal/Continuation;)", ")");
    }

    // The runtime's own interfaces get one companion in all, next to the runtime; others one in each class that uses
    // them,
    // which is sure to see them and dies with its loader.
    private static Class<?> companion(Lookup caller, String name, Class<?> type, List<MethodType> methodTypes) {
        Lookup host = type.getModule() == Lambdas.class.getModule()
                        && type.getPackageName().equals("dev.weft")
                ? RUNTIME
                : caller;
        return COMPANIONS
                .get(host.lookupClass())
                .computeIfAbsent(type, key -> defineCompanion(host, name, type, methodTypes));
    }

    private static Class<?> defineCompanion(Lookup host, String name, Class<?> type, List<MethodType> methodTypes) {
        String companion = host.lookupClass().getName().replace('.', '/')
                + COMPANION
                + type.getName().replace('.', ':');
        try {
            return host.defineClass(classFile(companion, internalName(type), name, methodTypes));
        } catch (IllegalAccessException | IOException impossible) {
            throw new IllegalStateException("cannot define " + companion, impossible);
        }
    }

    // public interface Companion extends Type { default R name(args) { return name$async(args, REFUSING); } }
    private static byte[] classFile(String companion, String type, String name, List<MethodType> methodTypes)
            throws IOException {
        ConstantPool pool = new ConstantPool();
        int thisClass = pool.type(companion);
        int superClass = pool.type("java/lang/Object");
        int superInterface = pool.type(type);
        int code = pool.utf8("Code");
        int refusing = pool.member(9, "dev/weft/internal/Continuation", "REFUSING", "Ldev/weft/internal/Continuation;");
        ByteArrayOutputStream methods = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(methods);
        for (MethodType methodType : methodTypes) {
            int slots = 1;
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream insns = new DataOutputStream(body);
            insns.writeByte(0x2a); // aload_0
            for (Class<?> parameter : methodType.parameterList()) {
                insns.writeByte(opcode(0x15, parameter)); // xload
                insns.writeByte(slots);
                slots += parameter == long.class || parameter == double.class ? 2 : 1;
            }
            insns.writeByte(0xb2); // getstatic
            insns.writeShort(refusing);
            insns.writeByte(0xb9); // invokeinterface
            insns.writeShort(
                    pool.member(11, companion, name + TWIN, twinType(methodType).descriptorString()));
            insns.writeByte(slots + 1);
            insns.writeByte(0);
            insns.writeByte(methodType.returnType() == void.class ? 0xb1 : opcode(0xac, methodType.returnType()));
            out.writeShort(0x1001); // public synthetic
            out.writeShort(pool.utf8(name));
            out.writeShort(pool.utf8(methodType.descriptorString()));
            out.writeShort(1);
            out.writeShort(code);
            out.writeInt(12 + body.size());
            out.writeShort(slots + 2);
            out.writeShort(slots);
            out.writeInt(body.size());
            body.writeTo(out);
            out.writeShort(0); // exception table
            out.writeShort(0); // attributes
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream file = new DataOutputStream(bytes);
        file.writeInt(0xCAFEBABE);
        file.writeInt(61);
        pool.writeTo(file);
        file.writeShort(0x1601); // public interface abstract synthetic
        file.writeShort(thisClass);
        file.writeShort(superClass);
        file.writeShort(1);
        file.writeShort(superInterface);
        file.writeShort(0); // fields
        file.writeShort(methodTypes.size());
        methods.writeTo(file);
        file.writeShort(0); // attributes
        return bytes.toByteArray();
    }

    // int, long, float, double and reference forms of an instruction follow each other
    private static int opcode(int intForm, Class<?> type) {
        if (type == long.class) {
            return intForm + 1;
        }
        if (type == float.class) {
            return intForm + 2;
        }
        if (type == double.class) {
            return intForm + 3;
        }
        return type.isPrimitive() ? intForm : intForm + 4;
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static final class ConstantPool {
        private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(entries);
        private int size = 1;

        int utf8(String value) throws IOException {
            out.writeByte(1);
            out.writeUTF(value);
            return size++;
        }

        int type(String name) throws IOException {
            int index = utf8(name);
            out.writeByte(7);
            out.writeShort(index);
            return size++;
        }

        int member(int tag, String owner, String name, String descriptor) throws IOException {
            int ownerIndex = type(owner);
            int nameIndex = utf8(name);
            int descriptorIndex = utf8(descriptor);
            out.writeByte(12);
            out.writeShort(nameIndex);
            out.writeShort(descriptorIndex);
            int nameAndType = size++;
            out.writeByte(tag);
            out.writeShort(ownerIndex);
            out.writeShort(nameAndType);
            return size++;
        }

        void writeTo(DataOutputStream file) throws IOException {
            file.writeShort(size);
            entries.writeTo(file);
        }
    }
}
