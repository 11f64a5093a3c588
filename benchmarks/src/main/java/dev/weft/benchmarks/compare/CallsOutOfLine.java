package dev.weft.benchmarks.compare;

import org.openjdk.jmh.annotations.Fork;

/** {@link Calls} that the compiler must not inline. JMH's own annotation for this would not reach the methods that rewriting adds. */
@Fork(jvmArgsPrepend = "-XX:CompileCommand=dontinline,dev.weft.benchmarks.compare.*::*Level*")
public class CallsOutOfLine extends Calls {}
