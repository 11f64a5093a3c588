package dev.weft.schedules;

/** The failure of a program's own. */
final class Boom extends RuntimeException {}
