package dev.weft.agent.compiler;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.objectweb.asm.LimitExceededException;
import org.objectweb.asm.MethodTooLargeException;

/**
 * The compiler: a class file with {@code @Async} methods in, one whose methods can suspend out.
 *
 * <p>A class goes through these steps:
 *
 * <ol>
 *   <li>{@link PoolScan}: does it concern us at all?
 *   <li>{@link Hierarchy}: which of its methods are {@code @Async}, which of the methods that they call?
 *   <li>{@link LambdaLinks}: which lambda bodies are?
 *   <li>for each such method, in {@link MethodRewriter}: {@link SuspensionPoints} finds and checks the calls,
 *       {@link NewPostponer} normalises, {@link TypeAnalysis} and {@link Liveness} tell what to save,
 *       {@link InaccessibleTypes} as what, {@link FrameLayout} where, {@link TwinEmitter} and {@link ResumeEmitter} write
 *       the code; the method itself becomes a bridge
 *   <li>{@link ForwardingTwins}, {@link DispatchEmitter}, {@link CallGuards} or {@link HiddenSubclasses},
 *       {@link SerialVersion}, in {@link ClassRewriter}: what the class needs as a whole
 * </ol>
 *
 * Nothing is loaded or recomputed: types come from the stack maps that the class file has, supertypes from class files.
 * Safe for use by several threads.
 */
public final class ClassCompiler {
    private final Hierarchy hierarchy;
    private final CallGuards.Policy guards;
    private final Supplier<Purpose> purpose;

    private ClassCompiler(Hierarchy hierarchy, CallGuards.Policy guards, Supplier<Purpose> purpose) {
        this.hierarchy = hierarchy;
        this.guards = guards;
        this.purpose = purpose;
    }

    /** For classes that are being loaded in a JVM with the agent, which sees all others too. */
    public static ClassCompiler atLoad(Hierarchy hierarchy) {
        return atLoad(hierarchy, () -> Purpose.PRODUCTION);
    }

    /**
     * The same.
     *
     * @param purpose asked for when a class is rewritten, and not before
     */
    public static ClassCompiler atLoad(Hierarchy hierarchy, Supplier<Purpose> purpose) {
        return new ClassCompiler(hierarchy, CallGuards.Policy.WHERE_MOCKITO_IS, purpose);
    }

    /** For classes that are being built, and may meet others that nobody has rewritten. */
    public static ClassCompiler atBuild(Hierarchy hierarchy) {
        return new ClassCompiler(hierarchy, CallGuards.Policy.ALWAYS, () -> Purpose.PRODUCTION);
    }

    /** For the classes of the runtime, which looks after itself. */
    public static ClassCompiler forRuntime(Hierarchy hierarchy) {
        return new ClassCompiler(hierarchy, CallGuards.Policy.NEVER, () -> Purpose.PRODUCTION);
    }

    /** Whether the class may need rewriting; cheap, and true for few classes. */
    public boolean concerns(PoolScan scan) {
        hierarchy.put(scan);
        if (scan.rewritten() || scan.name().contains(RuntimeNames.COMPANION_MARK)) {
            return false;
        }
        return scan.mentionsAnnotation()
                || hierarchy.selection().contains(scan.name())
                || scan.superName() != null && hierarchy.mayOwnAsync(scan.superName())
                || hierarchy.mayAnyOwnAsync(scan.interfaces())
                || hierarchy.mayAnyOwnAsync(scan.lambdaTypes())
                || hierarchy.isGroovyLambda(scan)
                || guards != CallGuards.Policy.ALWAYS && hierarchy.hidesSupertypes(scan.name());
    }

    /** Remembers the name of a class that neither has {@code @Async} methods nor inherits any. */
    public void putPlain(String name) {
        hierarchy.putPlain(name);
    }

    /** The newest version of class files that the compiler knows; it reads newer ones as if they were of this one. */
    public static int newestVersion() {
        return LenientClassReader.NEWEST_KNOWN;
    }

    /** The major version of a class file: 61 for Java 17, and one more for each release since. */
    public static int version(byte[] classFile) {
        return LenientClassReader.majorVersion(classFile);
    }

    /** Whether classes that were loaded before this one may call it without knowing its {@code @Async} methods. */
    public boolean wasHidden(PoolScan scan) {
        return scan.mentionsAnnotation() && hierarchy.wasHidden(scan.name());
    }

    /**
     * Rewrites the class. A method that cannot be is refused: if it is annotated or overrides such a method a call of it
     * throws, if only the option selects it, it stays as it was.
     */
    public CompiledClass compile(byte[] classFile) {
        hierarchy.put(ClassInfo.of(classFile));
        Set<String> tooLarge = new HashSet<>();
        Purpose wanted = purpose.get();
        while (true) {
            ClassRewriter rewriter =
                    new ClassRewriter(new LenientClassReader(classFile), hierarchy, guards, tooLarge, wanted);
            try {
                return rewriter.rewrite();
            } catch (MethodTooLargeException | LimitExceededException e) {
                if (wanted == Purpose.DEBUGGING) {
                    wanted = Purpose.PRODUCTION; // a debugger may see less, but a program does not do less
                } else if (!tooLarge.add(rewriter.culprit(e))) {
                    throw e;
                }
            }
        }
    }

    /** The class with every {@code @Async} method throwing: what is left to do when {@link #compile} itself has failed. */
    public CompiledClass refuse(byte[] classFile, Throwable failure) {
        LenientClassReader reader = new LenientClassReader(classFile);
        return new ClassRewriter(reader, hierarchy, guards, Set.of(), purpose.get()).refuseAll(failure);
    }
}
