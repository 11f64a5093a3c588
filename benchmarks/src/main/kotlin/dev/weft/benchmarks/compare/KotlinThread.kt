package dev.weft.benchmarks.compare

import java.util.concurrent.CompletableFuture
import kotlin.concurrent.thread
import kotlin.coroutines.ContinuationInterceptor
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runBlocking

/** The loop of a `runBlocking` in a thread of its own, and coroutines that other threads start on it. */
class KotlinThread {
    private val end = CompletableDeferred<Unit>()
    private val started = CompletableFuture<CoroutineScope>()
    private val thread = thread(name = "loop") {
        runBlocking {
            started.complete(CoroutineScope(coroutineContext[ContinuationInterceptor]!!))
            end.await()
        }
    }
    private val scope = started.join()

    fun submit(): CompletableFuture<Int> = scope.future { 1 }

    fun stop() {
        end.complete(Unit)
        thread.join()
    }
}
