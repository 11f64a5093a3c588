package dev.weft.agent.compiler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a class.
 *
 * @param classFile the new class file, null if the class may stay as it is
 * @param refusals methods that could not be rewritten
 * @param lints what its author most likely did not mean
 */
public record CompiledClass(
        String name,
        byte @Nullable [] classFile,
        List<RewrittenMethod> methods,
        List<Refusal> refusals,
        List<Lint> lints) {
    /** A method that can suspend, and the source lines where it may; none if all its suspensions are tail calls. */
    public record RewrittenMethod(String name, String descriptor, List<Integer> lines) {}

    static CompiledClass untouched(String name) {
        return untouched(name, List.of());
    }

    static CompiledClass untouched(String name, List<Lint> lints) {
        return new CompiledClass(name, null, List.of(), List.of(), lints);
    }
}
