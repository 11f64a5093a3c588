package dev.weft.agent.build;

import dev.weft.agent.build.BuildOptions.Flag;
import dev.weft.agent.compiler.RuntimeBuild;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The agent jar as a command: rewrites class files when they are built, so that they need no agent. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Does the work and returns the exit status. */
    static int run(List<String> arguments, PrintStream out, PrintStream messages) {
        if (arguments.equals(List.of("--help"))) {
            out.print(CommandLine.USAGE);
            return 0;
        }
        CommandLine commandLine;
        try {
            commandLine = CommandLine.parse(arguments);
        } catch (IllegalArgumentException e) {
            messages.println("weft: " + e.getMessage());
            messages.print(CommandLine.USAGE);
            return 2;
        }
        try {
            if (commandLine.options().has(Flag.RUNTIME)) {
                RuntimeBuild.writeFrameShapes(commandLine.places().get(0));
            }
            return Build.run(commandLine, out, messages) ? 0 : 1;
        } catch (BuildException | IOException | UncheckedIOException e) {
            messages.println("weft: error: " + e.getMessage());
            return 1;
        }
    }
}
