/** Rewriting when classes are built: the agent jar's command line, and a plugin for Byte Buddy's Maven and Gradle plugins. */
@NullMarked
package dev.weft.agent.build;

import org.jspecify.annotations.NullMarked;
