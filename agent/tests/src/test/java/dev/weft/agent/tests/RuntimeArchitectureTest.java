package dev.weft.agent.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.weft.Asyncio;
import dev.weft.internal.Continuation;
import dev.weft.internal.Frame;
import dev.weft.internal.Lambdas;
import dev.weft.internal.ResumePoint;
import dev.weft.internal.ResumePoints;
import dev.weft.internal.Rewriting;
import dev.weft.internal.Wait;
import dev.weft.spi.MicrometerCarrier;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The layers of the runtime: internal, below the public package, below sync and io. */
class RuntimeArchitectureTest {
    private static final JavaClasses RUNTIME = new ClassFileImporter()
            .importUrl(Asyncio.class.getProtectionDomain().getCodeSource().getLocation());

    /** What the rewriting of the runtime's own coroutines refers to, wherever they stand. */
    private static final Set<String> OF_REWRITTEN_CODE = Set.of(
            Continuation.class.getName(),
            Frame.class.getName(),
            Lambdas.class.getName(),
            ResumePoint.class.getName(),
            Rewriting.class.getName(),
            ResumePoints.class.getName());

    private static final DescribedPredicate<JavaClass> REWRITTEN = describe(
            "what rewritten code refers to",
            type -> OF_REWRITTEN_CODE.contains(type.getBaseComponentType().getName())
                    || type.getName().startsWith(Frame.class.getName() + "$"));

    private static final DescribedPredicate<JavaClass> PUBLIC_API = resideInAPackage("dev.weft")
            .and(describe("public", type -> type.getModifiers().contains(JavaModifier.PUBLIC)));

    @Test
    void internalsDoNotKnowThePublicPackages() {
        noClasses()
                .that()
                .resideInAPackage("dev.weft.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.weft", "dev.weft.sync..", "dev.weft.io..")
                .check(RUNTIME);
    }

    @Test
    void publicPackageDoesNotKnowWhatIsBuiltOnIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.weft")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.weft.sync..", "dev.weft.io..")
                .check(RUNTIME);
    }

    @Test
    void synchronizersUseThePublicApiAndWhatMakesWaitingCheap() {
        onlyPublicApiAnd("dev.weft.sync..", JavaClass.Predicates.type(Wait.class));
    }

    @Test
    void inputAndOutputUseThePublicApiAndTheEngine() {
        onlyPublicApiAnd("dev.weft.io..", resideInAnyPackage("dev.weft.internal", "dev.weft.sync"));
    }

    private static void onlyPublicApiAnd(String layer, DescribedPredicate<JavaClass> more) {
        classes()
                .that()
                .resideInAPackage(layer)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(layer, "java..", "javax.net..", "org.jspecify.annotations")
                        .or(PUBLIC_API)
                        .or(REWRITTEN)
                        .or(more))
                .check(RUNTIME);
    }

    @Test
    void runtimeNeedsNothingButTheJdk() {
        classes()
                .that()
                .doNotHaveFullyQualifiedName(MicrometerCarrier.class.getName()) // of use where Micrometer is
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.net..", "org.jspecify.annotations", "dev.weft..")
                .check(RUNTIME);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.weft.agent..")
                .check(RUNTIME);
    }
}
