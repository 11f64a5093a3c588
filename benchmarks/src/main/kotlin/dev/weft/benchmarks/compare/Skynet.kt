@file:JvmName("KotlinSkynet")

package dev.weft.benchmarks.compare

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking

private const val CHILDREN = 10

fun sum(leaves: Int): Long = runBlocking { sum(0, leaves) }

private suspend fun CoroutineScope.sum(first: Long, leaves: Int): Long {
    if (leaves == 1) {
        return first
    }
    val leavesOfChild = leaves / CHILDREN
    val children = List(CHILDREN) { i ->
        async { sum(first + i.toLong() * leavesOfChild, leavesOfChild) }
    }
    return children.sumOf { it.await() }
}
