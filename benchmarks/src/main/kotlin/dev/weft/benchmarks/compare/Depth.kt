@file:JvmName("KotlinDepth")

package dev.weft.benchmarks.compare

import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

fun switchAtDepth(depth: Int, times: Int): Int = runBlocking { down(depth, times) }

private suspend fun down(depth: Int, times: Int): Int {
    if (depth > 1) {
        return down(depth - 1, times) + 1
    }
    repeat(times) { yield() }
    return 1
}

fun recurse(depth: Int, times: Int): Long = runBlocking {
    var sum = 0L
    repeat(times) { sum += down(depth) }
    sum
}

private suspend fun down(depth: Int): Int {
    if (depth > 0) {
        return down(depth - 1) + 1
    }
    yield()
    return 0
}
