package dev.weft.agent.compiler;

import org.jspecify.annotations.Nullable;

/** Where class files are read from; classes themselves are never loaded. */
@FunctionalInterface
public interface ClassFiles {
    /** The class file of an internal name, or null if there is none. */
    byte @Nullable [] read(String internalName);
}
