@file:JvmName("KotlinParked")

package dev.weft.benchmarks.compare

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

private const val LONG = 3_600_000L

private var sum = 0

/** Runs `begin` before it starts tasks, and `end` when all of them sleep. */
fun park(tasks: Int, depth: Int, begin: Runnable, end: Runnable) = runBlocking {
    start(1, depth)
    delay(10)
    begin.run()
    start(tasks, depth)
    delay(10)
    end.run()
    coroutineContext.cancelChildren()
}

private fun CoroutineScope.start(count: Int, depth: Int) {
    repeat(count) {
        if (depth == 1) launch { level5(7) } else launch { level1(7) }
    }
}

private suspend fun level1(x: Int) {
    level2(x)
    sum += x
}

private suspend fun level2(x: Int) {
    level3(x)
    sum += x
}

private suspend fun level3(x: Int) {
    level4(x)
    sum += x
}

private suspend fun level4(x: Int) {
    level5(x)
    sum += x
}

private suspend fun level5(x: Int) {
    delay(LONG)
    sum += x
}
