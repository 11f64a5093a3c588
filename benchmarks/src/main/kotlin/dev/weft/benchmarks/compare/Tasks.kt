@file:JvmName("KotlinTasks")

package dev.weft.benchmarks.compare

import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

fun createAndAwait(times: Int) = runBlocking {
    repeat(times) {
        async { null }.await()
    }
}

fun pingPong(times: Int) = runBlocking {
    val there = Channel<String>(1)
    val back = Channel<String>(1)
    launch {
        repeat(times) { back.send(there.receive()) }
    }
    repeat(times) {
        there.send("ball")
        back.receive()
    }
}
