/** Coroutines, tasks and event loops: asyncio's model in plain Java. */
@SuppressWarnings("requires-automatic") // Micrometer's jar, for those who have it
module dev.weft {
    requires static org.jspecify;
    requires static context.propagation;

    exports dev.weft;
    exports dev.weft.io;
    exports dev.weft.spi;
    exports dev.weft.sync;
    // Used by rewritten code, in whatever module it lives.
    exports dev.weft.internal;

    uses dev.weft.spi.ThreadLocalCarrier;
}
