package dev.weft.agent.compiler;

/** For whom classes are rewritten. */
public enum Purpose {
    /** For the JVM alone: frames hold what is read again, and nothing else. */
    PRODUCTION,

    /** For people with a debugger: frames hold every variable in scope, and breakpoints are hit once. */
    DEBUGGING
}
