/** A chat server: one room, one task for each client, no locks. */
package dev.weft.examples.chat;
