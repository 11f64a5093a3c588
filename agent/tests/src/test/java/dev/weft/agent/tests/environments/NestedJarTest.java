package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.tests.ChildJvm;
import dev.weft.agent.tests.journey.Journey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/** A program as Spring Boot packs it: jars within a jar, and a class loader that reads them there. */
class NestedJarTest {
    @TempDir
    Path folder;

    @Test
    void classesInsideAJarOfJarsAreRewritten() throws IOException {
        ChildJvm child = ChildJvm.tool(
                folder,
                "java",
                List.of(ChildJvm.agentOption(), "-jar", bootJar().toString()));

        assertThat(child.output().strip()).isEqualTo(Journey.ARRIVED);
    }

    @Test
    void theProgramMayBeOneOfTheJarsInside() throws IOException {
        ChildJvm child = ChildJvm.tool(
                folder,
                "java",
                List.of(ChildJvm.agentOption(), "-jar", libraries().toString()));

        assertThat(child.output().strip()).isEqualTo(Journey.ARRIVED);
    }

    private Path bootJar() throws IOException {
        Path jar = folder.resolve("boot.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest())) {
            addLauncher(out);
            out.putNextEntry(new ZipEntry("BOOT-INF/classes/"));
            out.closeEntry();
            Path root = Packing.location(Journey.class);
            for (Path file : Packing.classFiles(root, Packing.JOURNEY)) {
                add(out, "BOOT-INF/classes/" + Packing.entryName(file), Files.readAllBytes(root.resolve(file)));
            }
            addStored(out, Packing.runtimeInJar(folder.resolve("runtime.jar")));
        }
        return jar;
    }

    private Path libraries() throws IOException {
        Path jar = folder.resolve("libraries.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest())) {
            addLauncher(out);
            addStored(out, Packing.journeyInJar(folder.resolve("journey.jar")));
            addStored(out, Packing.runtimeInJar(folder.resolve("runtime.jar")));
        }
        return jar;
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Main-Class", JarLauncher.class.getName());
        manifest.getMainAttributes().putValue("Start-Class", Journey.class.getName());
        return manifest;
    }

    private static void addLauncher(JarOutputStream out) throws IOException {
        try (JarFile loader = new JarFile(Packing.location(JarLauncher.class).toFile())) {
            for (var entry : Collections.list(loader.entries())) {
                if (entry.getName().endsWith(".class")) {
                    add(out, entry.getName(), loader.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }

    // The loader reads nested jars where they lie.
    private static void addStored(JarOutputStream out, Path jar) throws IOException {
        byte[] content = Files.readAllBytes(jar);
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry("BOOT-INF/lib/" + jar.getFileName());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
