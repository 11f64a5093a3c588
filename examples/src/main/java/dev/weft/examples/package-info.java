/**
 * Small programs to read from top to bottom, one for each idea of an introduction to asyncio. Each has a {@code main} that runs it
 * and a suspending method {@code program} that holds what it does. Most of them send messages with {@link dev.weft.examples.Mail}.
 */
package dev.weft.examples;
