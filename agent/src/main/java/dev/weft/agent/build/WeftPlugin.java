package dev.weft.agent.build;

import dev.weft.agent.Report;
import dev.weft.agent.build.BuildOptions.Flag;
import dev.weft.agent.compiler.CompiledClass;
import dev.weft.agent.compiler.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites classes while they are built, as a plugin of Byte Buddy's own plugins for Maven and Gradle.
 *
 * <p>All classes are looked at first, so that everything that cannot be rewritten is told at once. Threads of the build
 * share it.
 *
 * <p>It has to come before other plugins, if there are any, so that it rewrites what they have made.
 */
public final class WeftPlugin implements Plugin.WithPreprocessor {
    private final BuildOptions options;
    private final BuildLogger logger;
    private final @Nullable Report report;
    private final Map<String, List<Refusal>> errors = new ConcurrentHashMap<>(); // by the name of a concerned class
    private volatile @Nullable BuildCompiler compiler;

    /** Without options. */
    public WeftPlugin(BuildLogger logger) {
        this("", logger);
    }

    /**
     * With options as in {@code "async=org.example.**;report=weft.txt;verify;allow-refusals"}.
     *
     * @throws IllegalArgumentException if the options cannot be understood
     */
    public WeftPlugin(String options, BuildLogger logger) {
        this.options = BuildOptions.parse(options);
        this.logger = logger;
        report = this.options.report() == null ? null : new Report(this.options.report());
    }

    @Override
    public void onPreprocess(TypeDescription type, ClassFileLocator locator) {
        byte[] classFile = read(locator, type.getName());
        if (classFile == null || !compiler(locator).concerns(classFile)) {
            return;
        }
        CompiledClass compiled;
        try {
            compiled = compiler(locator).compile(classFile);
        } catch (BuildException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        if (compiled.classFile() == null) {
            return;
        }
        boolean lenient = options.has(Flag.ALLOW_REFUSALS);
        for (Refusal refusal : compiled.refusals()) {
            if (refusal.fatal() && !lenient) {
                logger.error(refusal.message());
            } else {
                logger.warn(refusal.message());
            }
        }
        List<Refusal> fatal = compiled.refusals().stream()
                .filter(refusal -> refusal.fatal() && !lenient)
                .toList();
        errors.merge(
                type.getName(),
                fatal,
                (some, more) -> Stream.concat(some.stream(), more.stream()) // of a release each
                        .toList());
    }

    @Override
    public boolean matches(@Nullable TypeDescription type) {
        return type != null && errors.containsKey(type.getName());
    }

    /**
     * Adds the rewriting, to be done after that of all plugins that follow: Byte Buddy calls the last one first.
     *
     * @throws IllegalStateException if a method of the class cannot be rewritten; such a class is not written
     */
    @Override
    public DynamicType.Builder<?> apply(
            DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
        List<Refusal> refusals = errors.getOrDefault(type.getName(), List.of());
        if (!refusals.isEmpty()) {
            throw new IllegalStateException(
                    refusals.stream().map(Refusal::message).collect(Collectors.joining(System.lineSeparator())));
        }
        return builder.visit(new CompilingWrapper(compiler(locator)));
    }

    @Override
    public void close() {}

    // The locator of a build looks at all its classes and at the class path, whichever class it was handed out for.
    private BuildCompiler compiler(ClassFileLocator locator) {
        BuildCompiler known = compiler;
        if (known == null) {
            synchronized (this) {
                known = compiler;
                if (known == null) {
                    known = new BuildCompiler(name -> read(locator, name.replace('/', '.')), options, report);
                    compiler = known;
                }
            }
        }
        return known;
    }

    private static byte @Nullable [] read(ClassFileLocator locator, String name) {
        try {
            ClassFileLocator.Resolution resolution = locator.locate(name);
            return resolution.isResolved() ? resolution.resolve() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
