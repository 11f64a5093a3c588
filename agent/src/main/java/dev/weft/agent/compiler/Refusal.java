package dev.weft.agent.compiler;

/**
 * A method that cannot be rewritten: where, why, and what its author can do.
 *
 * @param line of the culprit, 0 if the class file has no line numbers
 * @param fatal whether calls of the method throw; otherwise it stays as it was, since only the option selected it
 */
public record Refusal(
        String className,
        String method,
        String descriptor,
        String sourceFile,
        int line,
        String reason,
        String remedy,
        boolean fatal) {
    public Refusal(
            String className,
            String method,
            String descriptor,
            String sourceFile,
            int line,
            String reason,
            String remedy) {
        this(className, method, descriptor, sourceFile, line, reason, remedy, true);
    }

    Refusal notFatal() {
        return new Refusal(className, method, descriptor, sourceFile, line, reason, remedy, false);
    }

    /** One sentence for logs and for the error that a call of the method throws. */
    public String message() {
        return className.replace('/', '.') + "." + method + "(" + sourceFile + (line > 0 ? ":" + line : "")
                + ") cannot be rewritten: " + reason + ". " + remedy;
    }
}
