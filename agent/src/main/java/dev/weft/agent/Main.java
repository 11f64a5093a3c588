package dev.weft.agent;

import dev.weft.agent.compiler.AsyncSelection;
import dev.weft.agent.compiler.ClassCompiler;
import dev.weft.agent.compiler.CompiledClass;
import dev.weft.agent.compiler.Hierarchy;
import dev.weft.agent.compiler.PoolScan;
import dev.weft.agent.compiler.RuntimeBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agent jar as a command: rewrites the class files of a folder when they are built, so that they need no agent.
 *
 * <pre>{@code java -jar weft-agent.jar FOLDER [CLASS_PATH_FOLDER ...]}</pre>
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        List<String> operands = new ArrayList<>(List.of(arguments));
        boolean runtime = operands.remove("--runtime");
        if (operands.isEmpty() || operands.get(0).startsWith("-")) {
            System.err.println("usage: java -jar weft-agent.jar FOLDER [CLASS_PATH_FOLDER ...]");
            System.exit(2);
        }
        Path folder = Path.of(operands.get(0));
        List<Path> path = operands.stream().map(Path::of).toList();
        if (runtime) {
            RuntimeBuild.writeFrameShapes(folder);
        }
        if (!rewrite(folder, path, runtime)) {
            System.exit(1);
        }
    }

    private static boolean rewrite(Path folder, List<Path> path, boolean runtime) throws IOException {
        Hierarchy hierarchy = new Hierarchy(name -> read(path, name), AsyncSelection.NONE);
        ClassCompiler compiler = runtime ? ClassCompiler.forRuntime(hierarchy) : ClassCompiler.atBuild(hierarchy);
        boolean clean = true;
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            byte[] classFile = Files.readAllBytes(file);
            if (!compiler.concerns(PoolScan.of(classFile))) {
                continue;
            }
            CompiledClass compiled = compiler.compile(classFile);
            compiled.refusals().forEach(refusal -> System.err.println(refusal.message()));
            clean &= compiled.refusals().isEmpty();
            if (compiled.classFile() != null) {
                Files.write(file, compiled.classFile());
            }
        }
        return clean;
    }

    private static byte @Nullable [] read(List<Path> path, String name) {
        try {
            for (Path folder : path) {
                Path file = folder.resolve(name + ".class");
                if (Files.exists(file)) {
                    return Files.readAllBytes(file);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
