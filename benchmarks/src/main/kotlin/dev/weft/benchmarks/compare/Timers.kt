package dev.weft.benchmarks.compare

import kotlin.coroutines.ContinuationInterceptor
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield

/** Timeouts on the thread's loop, on which many coroutines delay. */
class KotlinTimers(pending: Int) {
    private val scope = runBlocking {
        val scope = CoroutineScope(coroutineContext[ContinuationInterceptor]!!)
        repeat(pending) { i ->
            scope.launch { delay(3_600_000 + i * 36L) }
        }
        yield() // until all have started
        scope
    }

    fun repeat(times: Int): Int = runBlocking { repeatTimeout(times) }

    private suspend fun repeatTimeout(times: Int): Int {
        var inTime = 0
        repeat(times) {
            withTimeout(90.minutes) { inTime++ }
        }
        return inTime
    }

    fun cancel() = runBlocking {
        scope.cancel()
        yield()
    }
}
