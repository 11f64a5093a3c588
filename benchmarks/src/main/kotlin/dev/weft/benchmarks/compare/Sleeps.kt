@file:JvmName("KotlinSleeps")

package dev.weft.benchmarks.compare

import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

fun run(tasks: Int) = runBlocking {
    repeat(tasks) { i ->
        launch { delay(i * 919L % 1000) }
    }
}
