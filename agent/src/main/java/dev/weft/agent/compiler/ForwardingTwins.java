package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Adds twins to a class that only inherits its {@code @Async} methods, where the JVM would not find one twin or would find
 * the wrong one: the plain method comes from a superclass that knows nothing of the interface, or two unrelated interfaces
 * each offer a twin.
 */
final class ForwardingTwins {
    private final ClassNode owner;
    private final Hierarchy hierarchy;

    private ForwardingTwins(ClassNode owner, Hierarchy hierarchy) {
        this.owner = owner;
        this.hierarchy = hierarchy;
    }

    static List<MethodNode> of(ClassNode owner, Hierarchy hierarchy) {
        return new ForwardingTwins(owner, hierarchy).forward();
    }

    private List<MethodNode> forward() {
        Set<String> declared = new HashSet<>();
        owner.methods.forEach(method -> declared.add(method.name + method.desc));
        List<ClassInfo> supertypes = new ArrayList<>(hierarchy.supertypes(owner.name));
        Map<String, List<ClassInfo>> offers = new LinkedHashMap<>();
        for (ClassInfo type : supertypes) {
            if (type.isInterface() && !type.name().equals(owner.name)) {
                type.methods().forEach((key, method) -> {
                    if (!declared.contains(key)
                            && !method.is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)
                            && isAsync(type, key)) {
                        offers.computeIfAbsent(key, k -> new ArrayList<>()).add(type);
                    }
                });
            }
        }
        List<MethodNode> twins = new ArrayList<>();
        offers.forEach((key, types) -> {
            if (needsForwarding(key, types, supertypes)) {
                twins.add(twin(key));
            }
        });
        return twins;
    }

    private boolean needsForwarding(String key, List<ClassInfo> offers, List<ClassInfo> supertypes) {
        for (ClassInfo type : supertypes) {
            ClassInfo.Method method = type.methods().get(key);
            if (!type.isInterface() && method != null && !method.is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) {
                return !isAsync(type, key); // an @Async one has brought its own twin
            }
        }
        return offers.stream()
                        .filter(type -> offers.stream()
                                .noneMatch(other -> other != type
                                        && hierarchy.supertypes(other.name()).contains(type)))
                        .count()
                > 1;
    }

    // foo$async(args, co) { return this.foo(args); }
    private MethodNode twin(String key) {
        int descriptor = key.indexOf('(');
        MethodNode inherited = new MethodNode(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT,
                key.substring(0, descriptor),
                key.substring(descriptor),
                null,
                null);
        return Twins.delegating(owner, inherited);
    }

    private boolean isAsync(ClassInfo type, String key) {
        int descriptor = key.indexOf('(');
        return hierarchy.isAsync(type.name(), key.substring(0, descriptor), key.substring(descriptor));
    }
}
