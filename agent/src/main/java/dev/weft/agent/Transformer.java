package dev.weft.agent;

import dev.weft.agent.compiler.CallGuards;
import dev.weft.agent.compiler.ClassCompiler;
import dev.weft.agent.compiler.CompiledClass;
import dev.weft.agent.compiler.Hierarchy;
import dev.weft.agent.compiler.LanguagePackages;
import dev.weft.agent.compiler.Lint;
import dev.weft.agent.compiler.PoolScan;
import dev.weft.agent.compiler.Purpose;
import dev.weft.agent.compiler.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.instrument.ClassFileTransformer;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites classes while they are loaded, one compiler for each loader. Any thread calls it, several at once, and its own
 * work may load classes and so come back here.
 *
 * <p>It is registered as unable to retransform, so that other agents' retransformations keep what was rewritten; a
 * debugger's redefinition comes with the bytes of the class file and is rewritten again.
 */
final class Transformer implements ClassFileTransformer {
    // Well-known libraries, which override no @Async methods of others: their supertypes are not looked at, since that
    // costs time. Whole names of products only, never of organisations, whose members may use Weft.
    private static final String[] LIBRARIES = {
        "org/springframework/",
        "org/apache/catalina/",
        "org/apache/commons/",
        "org/apache/coyote/",
        "org/apache/kafka/",
        "org/apache/logging/",
        "org/apache/tomcat/",
        "org/eclipse/jetty/",
        "org/hibernate/",
        "org/slf4j/",
        "org/junit/",
        "org/assertj/",
        "ch/qos/logback/",
        "com/fasterxml/jackson/",
        "com/google/common/",
        "com/google/protobuf/",
        "io/netty/",
        "reactor/",
    };

    private static final Set<String> OWN_PACKAGES =
            Set.of("dev/weft/agent", "dev/weft/agent/build", "dev/weft/agent/compiler");

    private final Options options;
    private final LanguagePackages languages;
    private final Supplier<Purpose> purpose;
    private final @Nullable Report report;
    private final @Nullable ClassLoader platform = ClassLoader.getPlatformClassLoader();
    private final Map<ClassLoader, ForLoader> loaders = Collections.synchronizedMap(new WeakHashMap<>());
    private final Set<Integer> newerVersions = ConcurrentHashMap.newKeySet(); // that somebody was warned of
    private final Set<ClassLoader> hiding = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    Transformer(Options options) {
        this.options = options;
        languages = new LanguagePackages(options.async());
        purpose =
                new Supplier<>() { // no lambda, as a JVM's first one takes as long as a hundred classes
                    @Override
                    public Purpose get() {
                        return options.purpose();
                    }
                };
        report = options.report() == null ? null : new Report(options.report());
    }

    private record ForLoader(LoaderClassFiles classFiles, ClassCompiler compiler) {}

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (loader == null
                || loader == platform
                || name == null
                || isOutside(name)
                || options.verify() && loader instanceof VerifyingLoader) {
            return null;
        }
        if (name.equals(CallGuards.MOCKITO)) {
            System.setProperty(CallGuards.MOCKITO_IN_USE, "true");
        }
        try {
            return transform(loader, name, domain, classFile);
        } catch (Throwable e) { // the JVM would drop it in silence
            logger().log(Level.ERROR, "Cannot look at class " + name + "; it is left as it is", e);
            return null;
        }
    }

    private byte @Nullable [] transform(
            ClassLoader loader, String name, @Nullable ProtectionDomain domain, byte[] classFile) {
        ForLoader forLoader = forLoader(loader);
        if (isLibrary(name) && !PoolScan.mentionsAnnotation(classFile)) {
            forLoader.compiler().putPlain(name);
            return null;
        }
        PoolScan scan = PoolScan.of(classFile);
        CodeSource source = domain == null ? null : domain.getCodeSource();
        forLoader.classFiles().remember(source == null ? null : source.getLocation());
        if (!forLoader.compiler().concerns(scan)) {
            return null;
        }
        warnOfNewer(ClassCompiler.version(classFile));
        if (forLoader.compiler().wasHidden(scan)) {
            warnOfHidden(loader, scan.name());
        }
        CompiledClass compiled = compile(forLoader.compiler(), loader, scan, classFile);
        for (Refusal refusal : compiled.refusals()) {
            logger().log(Level.ERROR, refusal.message());
        }
        if (options.lint()) {
            for (Lint lint : compiled.lints()) {
                logger().log(Level.WARNING, lint.message());
            }
        }
        if (report != null) {
            report.add(compiled);
        }
        return compiled.classFile();
    }

    private void warnOfNewer(int version) {
        int newest = ClassCompiler.newestVersion();
        if (version > newest && newerVersions.add(version)) {
            logger().log(
                            Level.WARNING,
                            "Class files of version " + version
                                    + " are newer than this version of Weft, which takes them for those of " + newest
                                    + ". Update Weft, or let the option verify=true check what it makes of them.");
        }
    }

    private void warnOfHidden(ClassLoader loader, String name) {
        if (hiding.add(loader)) {
            logger().log(
                            Level.WARNING,
                            "The class loader " + loader + " does not give out its class files: that of "
                                    + name.replace('/', '.')
                                    + " could not be read before the class was loaded. Classes that it loads"
                                    + " earlier cannot suspend in calls of @Async methods of later ones, and must annotate methods that"
                                    + " override such. Let its getResourceAsStream find the class files.");
        }
    }

    // Whatever goes wrong, no class with @Async methods is loaded as if it had none.
    private CompiledClass compile(ClassCompiler compiler, ClassLoader loader, PoolScan scan, byte[] classFile) {
        try {
            CompiledClass compiled = compiler.compile(classFile);
            if (options.verify() && compiled.classFile() != null) {
                VerifyingLoader.verify(scan.name(), compiled.classFile(), loader);
            }
            return compiled;
        } catch (Throwable e) {
            logger().log(Level.ERROR, "Cannot rewrite class " + scan.name().replace('/', '.'), e);
            return compiler.refuse(classFile, e);
        }
    }

    // Not kept, as it is seldom needed, and logging takes long to start.
    private static Logger logger() {
        return System.getLogger("dev.weft.agent");
    }

    private ForLoader forLoader(ClassLoader loader) {
        ForLoader known = loaders.get(loader);
        if (known == null) {
            LoaderClassFiles classFiles = new LoaderClassFiles(loader);
            known = new ForLoader(
                    classFiles, ClassCompiler.atLoad(new Hierarchy(classFiles, options.async()), purpose));
            ForLoader other = loaders.putIfAbsent(loader, known);
            known = other == null ? known : other;
        }
        return known;
    }

    private boolean isOutside(String name) {
        return Hierarchy.isPlatform(name) || languages.contain(name) || isOwn(name);
    }

    private boolean isLibrary(String name) {
        for (String prefix : LIBRARIES) {
            if (name.startsWith(prefix)) {
                return !options.async().mayContain(prefix);
            }
        }
        return false;
    }

    // To rewrite a class of the agent would take that class.
    private static boolean isOwn(String name) {
        int end = name.lastIndexOf('/');
        return end > 0 && OWN_PACKAGES.contains(name.substring(0, end));
    }
}
