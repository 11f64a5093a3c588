package dev.weft.agent.build;

/** Ends a build; the message tells people why. */
final class BuildException extends Exception {
    BuildException(String message) {
        super(message);
    }

    BuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
