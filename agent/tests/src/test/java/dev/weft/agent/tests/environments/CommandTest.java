package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.tests.AgentOptionsPrograms;
import dev.weft.agent.tests.BadUsePrograms;
import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the agent jar rewrites folders and jars, which then need no agent. */
class CommandTest {
    private static final Path RUNTIME = Packing.location(dev.weft.Coroutine.class);

    @TempDir
    Path folder;

    @Test
    void aRewrittenFolderRunsWithoutTheAgentAndWithIt() throws IOException {
        Path classes = Packing.journeyInFolder(folder.resolve("classes"));
        Files.writeString(classes.resolve("other.txt"), "text");

        assertThat(weft("-cp", RUNTIME.toString(), "--verify", classes.toString()))
                .isEqualTo(new ChildJvm(0, "7 of 7 classes rewritten in " + classes + System.lineSeparator()));

        assertThat(run(classes)).contains(Journey.ARRIVED);
        assertThat(run(classes, ChildJvm.agentOption())).contains(Journey.ARRIVED);
        assertThat(classes.resolve("other.txt")).hasContent("text");
    }

    @Test
    void aRewrittenJarRunsWithoutTheAgentAndNothingIsDoneTwice() throws IOException {
        Path jar = Packing.journeyInJar(folder.resolve("journey.jar"));
        Path built = folder.resolve("built.jar");
        Path again = folder.resolve("again.jar");

        assertThat(weft("--class-path=" + RUNTIME, "--output=" + built, jar.toString())
                        .status())
                .isZero();
        assertThat(weft("--class-path=" + RUNTIME, "--output=" + again, jar.toString())
                        .status())
                .isZero();
        assertThat(run(built)).contains(Journey.ARRIVED);
        assertThat(again).hasSameBinaryContentAs(built);

        assertThat(weft("--class-path=" + RUNTIME, again.toString()).output()).startsWith("0 of 7 classes");
        assertThat(again).hasSameBinaryContentAs(built);
        assertThat(run(jar)).contains("The Weft agent is not attached");
    }

    @Test
    void everyReleaseOfAJarIsRewritten() throws IOException {
        Path jar = folder.resolve("journey.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        Path root = Packing.location(Journey.class);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Path file : Packing.classFiles(root, Packing.JOURNEY)) {
                String name = file.toString().replace('\\', '/');
                boolean old = name.endsWith("/Journey.class"); // which this JVM shall not see
                add(
                        out,
                        name,
                        Files.readAllBytes(root.resolve(old ? Path.of(name.replace("Journey", "Train")) : file)));
                add(out, "META-INF/versions/11/" + name, Files.readAllBytes(root.resolve(file)));
            }
        }

        assertThat(weft("-cp", RUNTIME.toString(), jar.toString()).output()).contains("14 of 14 classes rewritten");

        assertThat(run(jar)).contains(Journey.ARRIVED);
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        ((OutputStream) out).write(content);
        out.closeEntry();
    }

    @Test
    void aSignedJarIsLeftAloneUnlessItsSignatureMayGo() throws IOException {
        Path jar = Packing.journeyInJar(folder.resolve("journey.jar"));
        Packing.sign(jar);
        byte[] signed = Files.readAllBytes(jar);

        ChildJvm refused = weft("-cp", RUNTIME.toString(), jar.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).contains("is signed").contains("--strip-signatures");
        assertThat(jar).hasBinaryContent(signed);

        ChildJvm stripped = weft("-cp", RUNTIME.toString(), "--strip-signatures", jar.toString());
        assertThat(stripped.status()).isZero();
        assertThat(stripped.output()).contains("sign the rewritten jar again");
        assertThat(run(jar)).contains(Journey.ARRIVED);
    }

    @Test
    void refusedMethodsFailTheBuildAndNothingIsWritten() throws IOException {
        Path classes = folder.resolve("classes");
        Packing.copy(BadUsePrograms.class, classes);
        List<byte[]> before = contents(classes);

        ChildJvm refused = weft("-cp", RUNTIME.toString(), classes.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output())
                .contains("weft: error: " + BadUsePrograms.class.getName() + "$Locking.inASynchronizedBlock(")
                .contains("weft: error: " + BadUsePrograms.class.getName() + "$Locking.inASynchronizedMethod(")
                .doesNotContain("classes rewritten");
        assertThat(contents(classes)).usingRecursiveComparison().isEqualTo(before);

        ChildJvm allowed = weft("-cp", RUNTIME.toString(), "--allow-refusals", classes.toString());
        assertThat(allowed.status()).isZero();
        assertThat(allowed.output()).contains("weft: warning: ").contains("classes rewritten");
    }

    @Test
    void optionsAreThoseOfTheAgent() throws IOException {
        Path classes = folder.resolve("classes");
        Packing.copy(AgentOptionsPrograms.class, classes);
        Path report = folder.resolve("report.txt");

        ChildJvm child = weft(
                "--class-path=" + RUNTIME,
                "--async=" + AgentOptionsPrograms.class.getName() + "$Unannotated",
                "--report=" + report,
                classes.toString());

        assertThat(child.status()).isZero(); // methods that only the option selects may stay as they were
        assertThat(child.output())
                .contains("weft: warning: ")
                .contains("Unannotated.locked(AgentOptionsPrograms.java:");
        assertThat(Files.readAllLines(report))
                .anyMatch(line -> line.matches("rewritten .*\\$Unannotated\\.twice\\(\\)I lines \\d+,\\d+"))
                .anyMatch(line -> line.startsWith("refused ") && line.contains("Unannotated.locked("));
        assertThat(java(classes, AgentOptionsPrograms.class))
                .contains("slept 2", "locked without suspending: 1", "locked and suspending: IllegalStateException");
    }

    @Test
    void whatIsMissingOnTheClassPathIsTold() throws IOException {
        Path classes = Packing.journeyInFolder(folder.resolve("classes"));

        ChildJvm without = weft(classes.toString());
        assertThat(without.status()).isEqualTo(1);
        assertThat(without.output()).contains("weft-runtime.jar");

        Files.delete(classes.resolve(Packing.JOURNEY).resolve("Transport.class"));
        ChildJvm partly = weft("-cp", RUNTIME.toString(), classes.toString());
        assertThat(partly.status()).isZero();
        assertThat(partly.output())
                .contains("weft: warning: not on the class path")
                .contains("journey.Transport");
    }

    @Test
    void mistakesHaveAStatusOfTheirOwn() throws IOException {
        assertThat(weft("--verfy", "x").status()).isEqualTo(2);
        ChildJvm absent = weft(folder.resolve("absent.jar").toString());
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.output()).contains("no folder or jar").contains("absent.jar");
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("X.class"), "text");
        assertThat(weft(broken.toString()).output()).contains("X.class in " + broken + " is not a class file");
    }

    private ChildJvm weft(String... arguments) {
        String option = ChildJvm.agentOption("");
        List<String> all = new ArrayList<>(List.of("-jar", option.substring("-javaagent:".length())));
        all.addAll(List.of(arguments));
        return ChildJvm.tool(folder, "java", all);
    }

    private String run(Path journey, String... options) {
        return java(journey, Journey.class, options);
    }

    private String java(Path classes, Class<?> main, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-cp", Packing.path(RUNTIME, classes), main.getName()));
        return ChildJvm.tool(folder, "java", all).output();
    }

    private static List<byte[]> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<byte[]> contents = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.add(Files.readAllBytes(file));
            }
            return contents;
        }
    }
}
