package dev.weft.examples.http;

/**
 * What comes before the body of a message.
 *
 * @param start the first line
 * @param headers the fields behind it
 */
record Head(String start, Headers headers) {}
