package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.agent.build.WeftPlugin;
import dev.weft.agent.tests.BadUsePrograms;
import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.build.EntryPoint;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.build.Plugin.Factory.UsingReflection.ArgumentResolver;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.inline.MethodNameTransformer;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Byte Buddy's Maven and Gradle plugins do with ours; the examples are built by the one for Maven itself. */
class WeftPluginTest {
    private static final File RUNTIME =
            Packing.location(dev.weft.Coroutine.class).toFile();

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();
    private Path classes;

    @BeforeEach
    void copyPrograms() throws IOException {
        classes = Packing.journeyInFolder(folder.resolve("classes"));
    }

    @Test
    void rewrittenClassesNeedNoAgent() throws IOException {
        Plugin.Engine.Summary summary = build(weft("verify"));

        assertThat(summary.getTransformed()).hasSize(7);
        assertThat(journey()).isEqualTo(Journey.ARRIVED);
        assertThat(log).isEmpty();
        assertThat(build(weft("")).getTransformed()).isEmpty(); // done already
    }

    @Test
    void theJarNamesThePlugin() throws IOException {
        assertThat(Plugin.Engine.Default.scan(WeftPlugin.class.getClassLoader()))
                .contains(WeftPlugin.class.getName());
        new Plugin.Factory.UsingReflection(WeftPlugin.class)
                .with(ArgumentResolver.ForType.of(BuildLogger.class, BuildLogger.NoOp.INSTANCE))
                .make()
                .close();
    }

    @Test
    void theCodeOfPluginsThatFollowIsRewrittenToo() throws IOException {
        build(weft(""), new Plugin.Factory.Simple(new Announcing()));

        assertThat(journey().lines()).contains(Journey.ARRIVED, "slow begins");
    }

    @Test
    void allThatIsRefusedFailsTheBuildEachTime() throws IOException {
        copyBadPrograms();
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> build(weft("")))
                    .rootCause()
                    .hasMessageContaining("BadUsePrograms$Locking.inASynchronizedBlock(BadUsePrograms.java:")
                    .hasMessageContaining("cannot be rewritten");
            assertThat(log).hasSize(2).allMatch(line -> line.startsWith("error " + BadUsePrograms.class.getName()));
            log.clear();
        }
    }

    @Test
    void refusalsMayBeAllowed() throws IOException {
        copyBadPrograms();

        build(weft("allow-refusals"));

        assertThat(log).hasSize(2).allMatch(line -> line.startsWith("warn " + BadUsePrograms.class.getName()));
    }

    @Test
    void optionsThatNobodyKnowsFailTheBuild() {
        assertThatThrownBy(() -> build(weft("verfy"))).rootCause().hasMessageContaining("unknown option 'verfy'");
    }

    /** Adds code to one method, and leaves stack sizes and frames to the last writer. */
    private static final class Announcing implements Plugin {
        static final class Code {
            private Code() {}

            @Advice.OnMethodEnter
            static void enter() {
                System.out.println("slow begins");
            }
        }

        @Override
        public boolean matches(TypeDescription type) {
            return type.getName().equals(Journey.class.getName());
        }

        @Override
        public DynamicType.Builder<?> apply(
                DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
            return builder.visit(Advice.to(Code.class).on(ElementMatchers.named("slow")))
                    .visit(new AsmVisitorWrapper.AbstractBase() {
                        @Override
                        public int mergeWriter(int flags) {
                            return flags | ClassWriter.COMPUTE_FRAMES;
                        }

                        @Override
                        public ClassVisitor wrap(
                                TypeDescription instrumented,
                                ClassVisitor next,
                                Implementation.Context context,
                                TypePool pool,
                                FieldList<FieldDescription.InDefinedShape> fields,
                                MethodList<?> methods,
                                int writerFlags,
                                int readerFlags) {
                            return next;
                        }
                    });
        }

        @Override
        public void close() {}
    }

    private Plugin.Factory weft(String options) {
        BuildLogger logger = new BuildLogger.Adapter() {
            @Override
            public void warn(String message) {
                log.add("warn " + message);
            }

            @Override
            public void error(String message) {
                log.add("error " + message);
            }
        };
        return new Plugin.Factory.UsingReflection(WeftPlugin.class)
                .with(
                        new ArgumentResolver.ForIndex.WithDynamicType(0, options),
                        ArgumentResolver.ForType.of(BuildLogger.class, logger));
    }

    // As byte-buddy-maven-plugin calls it.
    private Plugin.Engine.Summary build(Plugin.Factory... plugins) throws IOException {
        try (ClassFileLocator runtime = RUNTIME.isDirectory()
                ? new ClassFileLocator.ForFolder(RUNTIME)
                : ClassFileLocator.ForJarFile.of(RUNTIME)) {
            return Plugin.Engine.Default.of(
                            EntryPoint.Default.REBASE,
                            ClassFileVersion.JAVA_V17,
                            MethodNameTransformer.Suffixing.withRandomSuffix())
                    .with(Plugin.Engine.PoolStrategy.Default.FAST)
                    .with(new ClassFileLocator.Compound(ClassFileLocator.ForClassLoader.ofPlatformLoader(), runtime))
                    .withErrorHandlers(
                            Plugin.Engine.ErrorHandler.Enforcing.ALL_TYPES_RESOLVED,
                            Plugin.Engine.ErrorHandler.Failing.FAIL_FAST)
                    .apply(
                            new Plugin.Engine.Source.ForFolder(classes.toFile()),
                            new Plugin.Engine.Target.ForFolder(classes.toFile()),
                            List.of(plugins));
        }
    }

    private void copyBadPrograms() throws IOException {
        Packing.copy(BadUsePrograms.class, classes);
    }

    private String journey() {
        return ChildJvm.tool(
                        folder,
                        "java",
                        List.of("-cp", Packing.path(RUNTIME.toPath(), classes), Journey.class.getName()))
                .output()
                .strip();
    }
}
