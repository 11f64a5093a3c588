package dev.weft;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that may suspend: while it waits, its thread does something else.
 *
 * <p>The method is called like any other, from other such methods and from lambdas bound to interfaces like
 * {@link Coroutine}; the caller suspends if it does. Methods that override it are asynchronous too. Called from any other
 * code, it runs as long as it does not suspend, and throws an {@link IllegalStateException} where it would.
 *
 * <pre>{@code
 * @Async
 * static String greet(String name) {
 *     sleep(Duration.ofSeconds(1));
 *     return "Hello, " + name;
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Async {}
