@file:JvmName("KotlinCalls")

package dev.weft.benchmarks.compare

import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

fun calls(seed: Int, times: Int): Int = runBlocking { repeatCall(seed, times) }

fun nestedCalls(seed: Int, times: Int): Int = runBlocking { repeatNestedCalls(seed, times) }

private suspend fun repeatCall(seed: Int, times: Int): Int {
    var x = seed
    repeat(times) { x = kotlinLevel5(x) and 0xFFFF }
    return x
}

private suspend fun repeatNestedCalls(seed: Int, times: Int): Int {
    var x = seed
    repeat(times) { x = kotlinLevel1(x) and 0xFFFF }
    return x
}

private suspend fun kotlinLevel1(x: Int): Int = kotlinLevel2(x) + 1

private suspend fun kotlinLevel2(x: Int): Int = kotlinLevel3(x) + 1

private suspend fun kotlinLevel3(x: Int): Int = kotlinLevel4(x) + 1

private suspend fun kotlinLevel4(x: Int): Int = kotlinLevel5(x) + 1

private suspend fun kotlinLevel5(x: Int): Int {
    if (x < 0) {
        yield()
    }
    return x + 1
}
