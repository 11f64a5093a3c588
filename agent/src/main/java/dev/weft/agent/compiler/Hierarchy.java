package dev.weft.agent.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Answers who is {@code @Async}, from class files alone; one for each class loader, safe for its parallel loading.
 *
 * <p>A method is {@code @Async} if it is annotated, if the option selects its class, if it overrides an {@code @Async}
 * method of any supertype, or if a compiler bridge that overrides one calls it: in {@code class X implements
 * Coroutine<String> { public String run() }} only the bridge {@code Object run()} overrides by descriptor. So is the
 * compiler's accessor of an {@code @Async} method, which calls from nested classes go through.
 */
public final class Hierarchy {
    private static final String GROOVY_LAMBDA = "org/codehaus/groovy/runtime/GeneratedLambda";
    private static final String GROOVY_BODY = "doCall";

    private static final Map<String, Boolean> PLATFORM = new ConcurrentHashMap<>(); // whether a JDK's class is public

    private final ClassFiles classFiles;
    private final AsyncSelection selection;
    private final Map<String, Optional<ClassInfo>> infos = new ConcurrentHashMap<>();
    private final Map<String, Optional<PoolScan>> headers = new ConcurrentHashMap<>();
    private final LanguagePackages languages;
    private final Set<String> plain = ConcurrentHashMap.newKeySet();
    private final Map<String, List<ClassInfo>> supertypes = new ConcurrentHashMap<>();
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();

    public Hierarchy(ClassFiles classFiles, AsyncSelection selection) {
        this.classFiles = classFiles;
        this.selection = selection;
        languages = new LanguagePackages(selection);
    }

    AsyncSelection selection() {
        return selection;
    }

    /** Remembers a class that is being loaded, which spares reading it for its subclasses. */
    void put(PoolScan header) {
        Optional<PoolScan> before = headers.put(header.name(), Optional.of(header));
        Optional<ClassInfo> info = infos.get(header.name());
        if (before != null && before.isEmpty() || info != null && info.isEmpty()) {
            infos.remove(header.name());
            supertypes.clear();
            hidden.add(header.name());
        }
    }

    /** Whether the class file could not be read when somebody asked for it, though there is such a class. */
    boolean wasHidden(String name) {
        return hidden.contains(name);
    }

    /** Remembers the name of a class that neither has {@code @Async} methods nor inherits any. */
    void putPlain(String name) {
        plain.add(name);
    }

    private boolean isPlain(String name) {
        return plain.contains(name) || languages.contain(name);
    }

    /** Whether there is a supertype whose class file cannot be read, so that nobody knows what the type overrides. */
    boolean hidesSupertypes(String type) {
        return hidesSupertypes(type, new HashSet<>()) && header(RuntimeNames.ANNOTATION_CLASS) != null;
    }

    private boolean hidesSupertypes(@Nullable String type, Set<String> visited) {
        if (type == null || isPlatform(type) || isPlain(type) || !visited.add(type)) {
            return false;
        }
        PoolScan header = header(type);
        if (header == null || hidesSupertypes(header.superName(), visited)) {
            return true;
        }
        for (String name : header.interfaces()) {
            if (hidesSupertypes(name, visited)) {
                return true;
            }
        }
        return false;
    }

    /** Remembers a class that is being compiled, in the form that it has now. */
    void put(ClassInfo info) {
        infos.put(info.name(), Optional.of(info));
        supertypes.remove(info.name());
    }

    @Nullable
    ClassInfo find(String name) {
        Optional<ClassInfo> known = infos.get(name);
        if (known == null) { // no computeIfAbsent: reading may load classes, and so come back here
            byte[] classFile = classFiles.read(name);
            known = Optional.ofNullable(classFile).map(ClassInfo::of);
            infos.put(name, known);
        }
        return known.orElse(null);
    }

    /** Whether a call to this method, as an instruction names it, may suspend. */
    boolean isAsync(String owner, String name, String descriptor) {
        return !StageMethods.returnsStage(descriptor)
                && (isAsync(owner, name, descriptor, selection) || isGroovyLambda(owner, name));
    }

    /** Whether a call to this method starts it and gives a future at once: see {@link StageMethods}. */
    boolean isStageMethod(String owner, String name, String descriptor) {
        return StageMethods.returnsStage(descriptor) && isAsync(owner, name, descriptor, selection);
    }

    private boolean isGroovyLambda(String owner, String name) {
        PoolScan header = name.equals(GROOVY_BODY) ? header(owner) : null;
        return header != null && isGroovyLambda(header);
    }

    /** Whether groovyc has made the class of a lambda: nobody can tell here what that is bound to. */
    boolean isGroovyLambda(PoolScan header) {
        return header.interfaces().contains(GROOVY_LAMBDA) && header(RuntimeNames.ANNOTATION_CLASS) != null;
    }

    /** The same if the option selected nothing. */
    boolean isAsyncUnselected(String owner, String name, String descriptor) {
        return isAsync(owner, name, descriptor, AsyncSelection.NONE);
    }

    private boolean isAsync(String owner, String name, String descriptor, AsyncSelection selection) {
        if (name.startsWith("<") || isPlatform(owner) || owner.startsWith("[") || !hasRoomForTwin(descriptor)) {
            return false;
        }
        String key = name + descriptor;
        for (ClassInfo type : supertypes(owner)) {
            ClassInfo.Method method = type.methods().get(key);
            if (method == null || !type.rewritable() || languages.contain(type.name())) {
                continue;
            }
            boolean own = type.name().equals(owner);
            if (!own && (method.is(Opcodes.ACC_PRIVATE) || type.isInterface() && method.is(Opcodes.ACC_STATIC))) {
                continue; // not inherited
            }
            if (method.annotated()
                    || isSelected(type, name, method, selection)
                    || isBridged(type, key, selection)
                    || isAccessor(type, key, selection)) {
                return true;
            }
            if (method.is(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) {
                return false; // overrides nothing
            }
        }
        return false;
    }

    /** Whether the type is, extends or implements another one; asks class files only. */
    boolean isSubtype(String type, String supertype) {
        return type.equals(supertype)
                || !isPlatform(type)
                        && supertypes(type).stream()
                                .anyMatch(info -> info.name().equals(supertype));
    }

    /** Whether the type or a supertype may have an {@code @Async} method; never false if one has. */
    boolean mayOwnAsync(String type) {
        return mayOwnAsync(type, new HashSet<>());
    }

    private boolean mayOwnAsync(@Nullable String type, Set<String> visited) {
        if (type == null || isPlatform(type) || isPlain(type) || !visited.add(type)) {
            return false;
        }
        PoolScan header = header(type);
        if (header == null) {
            return false;
        }
        if (header.mentionsAnnotation() || selection.contains(type) || mayOwnAsync(header.superName(), visited)) {
            return true;
        }
        for (String name : header.interfaces()) {
            if (mayOwnAsync(name, visited)) {
                return true;
            }
        }
        return false;
    }

    boolean mayAnyOwnAsync(List<String> types) {
        for (String type : types) {
            if (mayOwnAsync(type)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable PoolScan header(String name) {
        Optional<PoolScan> known = headers.get(name);
        if (known == null) {
            byte[] classFile = classFiles.read(name);
            known = classFile == null ? Optional.empty() : Optional.of(PoolScan.of(classFile));
            headers.put(name, known);
        }
        return known.orElse(null);
    }

    /** The type itself, then all its supertypes that can be found, superclasses first; without the JDK's. */
    List<ClassInfo> supertypes(String type) {
        List<ClassInfo> known = supertypes.get(type);
        if (known == null) {
            known = findSupertypes(type);
            supertypes.put(type, known);
        }
        return known;
    }

    private List<ClassInfo> findSupertypes(String type) {
        List<ClassInfo> found = new ArrayList<>();
        Set<String> visited = new HashSet<>();
        for (String name = type; name != null && !isPlatform(name) && visited.add(name); ) {
            ClassInfo info = find(name);
            if (info == null) {
                break;
            }
            found.add(info);
            name = info.superName();
        }
        for (ClassInfo info : List.copyOf(found)) {
            addInterfaces(info, found, visited);
        }
        return found;
    }

    private void addInterfaces(ClassInfo type, List<ClassInfo> found, Set<String> visited) {
        for (String name : type.interfaces()) {
            if (isPlatform(name) || !visited.add(name)) {
                continue;
            }
            ClassInfo info = find(name);
            if (info != null) {
                found.add(info);
                addInterfaces(info, found, visited);
            }
        }
    }

    /** Whether code of a class may name a type; asks the JDK's classes too. True if the type cannot be found. */
    boolean isAccessible(String type, String from) {
        String typePackage = type.substring(0, type.lastIndexOf('/') + 1);
        if (from.startsWith(typePackage) && from.indexOf('/', typePackage.length()) < 0) {
            return true;
        }
        if (!isPlatform(type)) {
            return isPublic(type);
        }
        Boolean known = PLATFORM.get(type);
        if (known == null) {
            known = isPublic(type);
            PLATFORM.put(type, known);
        }
        return known;
    }

    private boolean isPublic(String type) {
        ClassInfo info = find(type);
        return info == null || (info.access() & Opcodes.ACC_PUBLIC) != 0;
    }

    /** Whether a value of the class is serializable; asks the JDK's classes too. */
    boolean isSerializable(String type) {
        return isSerializable(type, new HashSet<>());
    }

    private boolean isSerializable(@Nullable String type, Set<String> visited) {
        if (type == null || !visited.add(type)) {
            return false;
        }
        if (type.equals("java/io/Serializable")) {
            return true;
        }
        ClassInfo info = find(type);
        return info != null
                && (isSerializable(info.superName(), visited)
                        || info.interfaces().stream().anyMatch(name -> isSerializable(name, visited)));
    }

    private static boolean isSelected(ClassInfo type, String name, ClassInfo.Method method, AsyncSelection selection) {
        return !selection.isEmpty()
                && selection.contains(type.name())
                && !(method.is(Opcodes.ACC_SYNTHETIC) && name.startsWith("$"));
    }

    private boolean isBridged(ClassInfo type, String key, AsyncSelection selection) {
        var bridges = type.bridgeTargets().get(key);
        if (bridges == null) {
            return false;
        }
        String name = key.substring(0, key.indexOf('('));
        return bridges.stream()
                .anyMatch(bridge -> isAsync(type.name(), name, bridge.substring(name.length()), selection));
    }

    /** Whether a method can have one more argument; all of them, {@code this} included, may take 255 slots. */
    static boolean hasRoomForTwin(String descriptor) {
        return descriptor.length() < 127 || Type.getArgumentsAndReturnSizes(descriptor) >> 2 < 255;
    }

    private boolean isAccessor(ClassInfo type, String key, AsyncSelection selection) {
        return type.accessors().getOrDefault(key, List.of()).stream()
                .anyMatch(call -> isAsync(call.owner(), call.name(), call.descriptor(), selection));
    }

    /** Whether the name is that of a class of the JDK, none of which are @Async; proxies that the JDK makes are not. */
    public static boolean isPlatform(String name) {
        return name.startsWith("java/")
                || name.startsWith("javax/")
                || name.startsWith("jdk/") && !name.startsWith("jdk/proxy")
                || name.startsWith("sun/")
                || name.startsWith("com/sun/") && !name.startsWith("com/sun/proxy/");
    }
}
