/** Coroutines, tasks and event loops: asyncio's model in plain Java. */
module dev.weft {
    requires static org.jspecify;

    exports dev.weft;
    exports dev.weft.sync;
    // Used by rewritten code, in whatever module it lives.
    exports dev.weft.internal;
}
