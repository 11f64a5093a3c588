package dev.weft.benchmarks.startup;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/** The Kotlin compiler and a class of one line. */
final class KotlincStart {
    private KotlincStart() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("weft-startup");
        Path source =
                Files.writeString(folder.resolve("One.kt"), "class One { fun two() = listOf(1, 2).map { it + 1 } }");
        ExitCode exit = new K2JVMCompiler()
                .exec(
                        System.err,
                        "-no-stdlib",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        if (exit != ExitCode.OK) {
            throw new IllegalStateException("kotlinc: " + exit);
        }
        Ending.print();
    }
}
