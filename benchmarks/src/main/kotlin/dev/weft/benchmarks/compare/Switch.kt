@file:JvmName("KotlinSwitch")

package dev.weft.benchmarks.compare

import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

fun run(tasks: Int, times: Int) = runBlocking {
    repeat(tasks) {
        launch {
            repeat(times) { yield() }
        }
    }
}
