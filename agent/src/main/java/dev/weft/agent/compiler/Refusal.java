package dev.weft.agent.compiler;

/**
 * A method that cannot be rewritten: where, why, and what its author can do.
 *
 * @param line of the culprit, 0 if the class file has no line numbers
 */
public record Refusal(
        String className, String method, String descriptor, String sourceFile, int line, String reason, String remedy) {

    /** One sentence for logs and for the error that a call of the method throws. */
    public String message() {
        return className.replace('/', '.') + "." + method + "(" + sourceFile + (line > 0 ? ":" + line : "")
                + ") cannot be rewritten: " + reason + ". " + remedy;
    }
}
