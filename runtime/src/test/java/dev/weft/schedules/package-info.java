/**
 * Programs whose tasks are cancelled at any moment, at random and systematically, and what must be true whatever happens:
 * no wake-up, item or permit is lost, no task is left behind, and a lock excludes.
 */
package dev.weft.schedules;
