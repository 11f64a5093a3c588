/** What the agent costs a program that has nothing to do with it: the time that other people's programs take to start. */
@NullMarked
package dev.weft.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
