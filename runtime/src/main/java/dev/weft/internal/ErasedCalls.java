package dev.weft.internal;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Links calls whose parameter types the caller may not name: it has such values, but a resumed method has them as values of
 * a supertype.
 */
public final class ErasedCalls {
    private ErasedCalls() {}

    /**
     * Bootstraps a call site.
     *
     * @param kind the instruction in the caller's source: {@code static}, {@code special} or {@code virtual}
     * @param descriptor the method's own
     */
    public static CallSite bootstrap(
            Lookup caller, String name, MethodType type, String kind, Class<?> owner, String descriptor)
            throws ReflectiveOperationException {
        Class<?> host = caller.lookupClass();
        MethodType methodType = MethodType.fromMethodDescriptorString(descriptor, host.getClassLoader());
        MethodHandle method = switch (kind) {
            case "static" -> caller.findStatic(owner, name, methodType);
            case "special" -> caller.findSpecial(owner, name, methodType, host);
            default -> caller.findVirtual(owner, name, methodType);
        };
        return new ConstantCallSite(method.asType(type));
    }
}
