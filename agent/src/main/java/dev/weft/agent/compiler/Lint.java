package dev.weft.agent.compiler;

/**
 * What is legal, but most likely a mistake: where, what, and what its author can do.
 *
 * @param line of the culprit, 0 if the class file has no line numbers
 */
public record Lint(String className, String method, String sourceFile, int line, String finding, String remedy) {
    /** One sentence for logs. */
    public String message() {
        return className.replace('/', '.') + "." + method + "(" + sourceFile + (line > 0 ? ":" + line : "") + ") "
                + finding + ". " + remedy;
    }
}
