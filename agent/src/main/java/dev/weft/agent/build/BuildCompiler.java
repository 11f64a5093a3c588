package dev.weft.agent.build;

import dev.weft.agent.Report;
import dev.weft.agent.VerifyingLoader;
import dev.weft.agent.build.BuildOptions.Flag;
import dev.weft.agent.compiler.ClassCompiler;
import dev.weft.agent.compiler.ClassFiles;
import dev.weft.agent.compiler.CompiledClass;
import dev.weft.agent.compiler.Hierarchy;
import dev.weft.agent.compiler.PoolScan;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The compiler as a build needs it: what goes wrong is an exception that names the class. Safe for several threads. */
final class BuildCompiler {
    private static final String RUNTIME = "dev/weft/Coroutine";

    private final ClassFiles classFiles;
    private final ClassCompiler compiler;
    private final BuildOptions options;
    private final @Nullable Report report;
    private final ClassLoader originals = new ClassLoader(null) {
        @Override
        public @Nullable InputStream getResourceAsStream(String resource) {
            byte[] classFile = classFiles.read(resource.substring(0, resource.length() - ".class".length()));
            return classFile == null ? null : new ByteArrayInputStream(classFile);
        }
    };

    /**
     * @param report shared by the compilers of a build, or null
     */
    BuildCompiler(ClassFiles classFiles, BuildOptions options, @Nullable Report report) {
        this.classFiles = classFiles;
        this.options = options;
        this.report = report;
        Hierarchy hierarchy = new Hierarchy(classFiles, options.async());
        compiler = options.has(Flag.RUNTIME) ? ClassCompiler.forRuntime(hierarchy) : ClassCompiler.atBuild(hierarchy);
    }

    /** Whether the class may need rewriting. */
    boolean concerns(byte[] classFile) {
        return compiler.concerns(PoolScan.of(classFile));
    }

    /**
     * Rewrites a class that is concerned.
     *
     * @throws BuildException if it cannot be, for another reason than refusals
     */
    CompiledClass compile(byte[] classFile) throws BuildException {
        String name = PoolScan.of(classFile).name();
        if (classFiles.read(RUNTIME) == null) {
            throw new BuildException(
                    "Weft's runtime is not on the class path, so that nobody can tell what suspends in "
                            + name.replace('/', '.') + ": add weft-runtime.jar.");
        }
        try {
            CompiledClass compiled = compiler.compile(classFile);
            if (options.has(Flag.VERIFY) && compiled.classFile() != null) {
                VerifyingLoader.verify(name, compiled.classFile(), originals);
            }
            if (report != null) {
                report.add(compiled);
            }
            return compiled;
        } catch (RuntimeException | LinkageError e) {
            throw new BuildException(
                    "Cannot rewrite class " + name.replace('/', '.') + ": " + e
                            + ". This is a defect of Weft; please report it with the class file.",
                    e);
        }
    }

    /** Rewrites a class again, which others may have changed since {@link #compile} told what can be said of it. */
    byte[] recompile(byte[] classFile) {
        if (!concerns(classFile)) {
            return classFile;
        }
        CompiledClass compiled = compiler.compile(classFile);
        return compiled.classFile() == null ? classFile : compiled.classFile();
    }
}
