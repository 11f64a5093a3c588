package dev.weft.agent.tests.libraries;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * One run of a {@link Suite} in a JVM of its own, in a folder that looks like the one in which its authors run it.
 *
 * @param outcomes by the unique ids of tests, and of containers that failed
 */
record SuiteJvm(Map<String, String> outcomes, long suspensions) {
    private static final Path JARS = Path.of("target", "libraries", "suites").toAbsolutePath();
    private static final int MINUTES = 60;
    private static final String[] OPENED = {
        "java.lang", "java.lang.reflect", "java.util", "java.io", "java.net", "java.time"
    };

    static SuiteJvm untouched(Suite suite) throws IOException, InterruptedException {
        return run(suite, "untouched", List.of());
    }

    static SuiteJvm rewritten(Suite suite) throws IOException, InterruptedException {
        Path around = ForcedSuspensions.writeJar(JARS.getParent());
        return run(
                suite,
                "rewritten",
                List.of(
                        "-javaagent:" + around + "=" + ForcedSuspensions.BEFORE + suite.selected(),
                        agentOption() + ";async=" + suite.selected(),
                        "-javaagent:" + around + "=" + ForcedSuspensions.BEHIND,
                        "-D" + Leaf.EVERY + "=" + suite.every()));
    }

    private static String agentOption() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-javaagent:") && option.contains("weft"))
                .findFirst()
                .orElseThrow();
    }

    private static SuiteJvm run(Suite suite, String kind, List<String> agents)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(JARS.resolveSibling(
                suite.artifact() + "-" + kind + "-" + Runtime.version().feature()));
        Path classes = folder.resolve("target/test-classes");
        Files.createDirectories(folder.resolve("target/tmp"));
        Files.createDirectories(folder.resolve("src/test/java"));
        Path tests;
        String classPath;
        try (Stream<Path> all = Files.list(JARS)) {
            List<Path> jars = all.sorted().toList();
            tests = jars.stream()
                    .filter(jar -> isTests(jar) && jar.getFileName().toString().startsWith(suite.artifact() + "-"))
                    .findFirst()
                    .orElseThrow();
            classPath = String.join(
                    File.pathSeparator,
                    Stream.of(
                                    Stream.of(classes),
                                    jars.stream().filter(jar -> !isTests(jar)),
                                    Stream.of(SuiteJvm.class, dev.weft.Async.class, org.objectweb.asm.ClassReader.class)
                                            .map(SuiteJvm::location))
                            .flatMap(paths -> paths)
                            .map(Path::toString)
                            .toList());
        }
        unpack(tests, classes, folder.resolve("src/test/resources"));
        Path results = folder.resolve("results.txt");
        Files.deleteIfExists(results);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(agents);
        command.addAll(List.of(
                "-Xmx3g", "-XX:+EnableDynamicAgentLoading", "-Djava.io.tmpdir=" + folder.resolve("target/tmp")));
        for (String opened : OPENED) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath, SuiteMain.class.getName()));
        command.addAll(List.of(classes.toString(), results.toString(), ".*Test", suite.leftOut()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("output.txt").toFile())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(suite + " is still running after " + MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(suite + " has ended with " + process.exitValue() + ", see " + folder);
        }
        return read(results);
    }

    private static SuiteJvm read(Path results) throws IOException {
        Map<String, String> outcomes = new TreeMap<>();
        long suspensions = -1;
        for (String line : Files.readAllLines(results)) {
            String[] columns = line.split("\t", 3);
            if (columns[0].equals("suspensions")) {
                suspensions = Long.parseLong(columns[1]);
            } else {
                outcomes.put(columns[0], columns[1]);
            }
        }
        if (suspensions < 0) {
            throw new AssertionError(results + " is not complete");
        }
        return new SuiteJvm(outcomes, suspensions);
    }

    private static boolean isTests(Path jar) {
        return jar.getFileName().toString().endsWith("-tests.jar");
    }

    // Tests look for their files on the class path and in the source tree.
    private static void unpack(Path jar, Path classes, Path resources) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                write(zip, entry, classes);
                if (!entry.getName().endsWith(".class")) {
                    write(zip, entry, resources);
                }
            }
        }
    }

    private static void write(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
            Files.write(file, in.readAllBytes());
        }
    }

    private static Path location(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toPath();
    }
}
