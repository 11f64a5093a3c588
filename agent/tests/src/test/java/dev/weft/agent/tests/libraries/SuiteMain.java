package dev.weft.agent.tests.libraries;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a library's tests in a JVM of its own, and writes how each has ended. */
final class SuiteMain {
    private SuiteMain() {}

    /**
     * @param arguments the folder of the tests' classes; the file to write; a regular expression of names of classes that
     *     are wanted; one of unique ids that are not
     */
    public static void main(String[] arguments) throws Exception {
        LauncherDiscoveryRequest request = request()
                .selectors(selectClasspathRoots(Set.of(Path.of(arguments[0]))))
                .filters(includeClassNamePatterns(arguments[2]))
                .filters((PostDiscoveryFilter) test -> isUnwanted(test, arguments[3]))
                .build();
        PrintStream console = System.err;
        try (PrintStream results = new PrintStream(arguments[1], "UTF-8")) {
            LauncherFactory.create().execute(request, new Results(results, console));
            results.println("suspensions\t" + Leaf.suspensions());
        }
        Runtime.getRuntime().halt(0); // tests leave threads behind
    }

    private static FilterResult isUnwanted(TestDescriptor test, String unwanted) {
        return FilterResult.includedIf(!test.getUniqueId().toString().matches(unwanted));
    }

    // Tests may run on several threads.
    private record Results(PrintStream results, PrintStream console) implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
            if (!test.isTest() && !failed) {
                return;
            }
            String failure = result.getThrowable()
                    .map(Throwable::toString)
                    .map(text -> text.replaceAll("\\s+", " "))
                    .orElse("");
            results.println(test.getUniqueId().replaceAll("\\s+", " ") + "\t" + result.getStatus() + "\t" + failure);
            if (failed) {
                console.println(test.getUniqueId());
                result.getThrowable().ifPresent(e -> e.printStackTrace(console));
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            results.println(test.getUniqueId().replaceAll("\\s+", " ") + "\tSKIPPED\t");
        }
    }
}
