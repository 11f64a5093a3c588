@file:JvmName("KotlinCorpus")

package corpus

import dev.weft.Async
import dev.weft.AsyncFunction
import dev.weft.AsyncIterable
import dev.weft.AsyncIterator
import dev.weft.Coroutine
import dev.weft.agent.tests.corpus.Suspensions.fail
import dev.weft.agent.tests.corpus.Suspensions.i
import dev.weft.agent.tests.corpus.Suspensions.l
import dev.weft.agent.tests.corpus.Suspensions.log
import dev.weft.agent.tests.corpus.Suspensions.p
import dev.weft.agent.tests.corpus.Suspensions.v
import dev.weft.agent.tests.corpus.Suspensions.z
import java.io.Closeable

// when

enum class Colour { RED, GREEN, BLUE }

sealed interface Shape
data class Circle(val radius: Int) : Shape
data class Box(val width: Int, val height: Long = 2) : Shape
object Nothing : Shape

@Async
fun whenOverEverything(): Any? {
    val parts = ArrayList<Any?>()
    for (shape in listOf(Circle(i(1)), Box(i(2)), Nothing)) {
        parts += when (shape) {
            is Circle -> shape.radius + i(10)
            is Box -> shape.width * l(shape.height)
            Nothing -> p("nothing")
        }
    }
    for (colour in Colour.entries) {
        parts += when (p(colour)) {
            Colour.RED -> p("red")
            Colour.GREEN, Colour.BLUE -> if (z(colour == Colour.BLUE)) "blue" else p("green")
        }
    }
    for (text in listOf("Aa", "BB", "c")) {
        parts += when (p(text)) {
            "Aa" -> i(1)
            "BB" -> i(2)
            else -> when {
                z(text.length > 1) -> i(3)
                i(4) in 3..5 -> p('4')
                else -> null
            }
        }
    }
    return parts
}

// arguments

@Async
fun greet(name: String = p("you"), times: Int = i(2), mark: Char = '!'): String {
    var text = ""
    repeat(times) { text += name + i(it) }
    return text + p(mark)
}

@Async
fun defaultArguments(): Any? = greet() + greet(p("me")) + greet(mark = p('?'), times = i(1))

@Async
fun sum(vararg numbers: Int): Int {
    var sum = i(0)
    for (number in numbers) sum += i(number)
    return sum
}

@Async
fun varargs(): Any? = sum(i(1), *intArrayOf(i(2), i(3)), i(4))

open class Defaulting(private val factor: Int) {
    @Async
    open fun times(value: Int = i(5)): Int = i(value) * factor
}

class Overriding : Defaulting(2) {
    override fun times(value: Int): Int = super.times(value + i(1)) + 1
}

@Async
fun overriddenDefaults(): Any? = listOf(Defaulting(3).times(), Overriding().times(), (p(Overriding()) as Defaulting).times(7))

// objects

class Counter private constructor(private val start: Int) {
    companion object {
        private var made = 0

        @Async
        fun of(start: Int): Counter {
            made = 0
            made += i(1)
            return Counter(i(start))
        }

        @JvmStatic
        @Async
        fun count(): Int = i(made)
    }

    @Async
    private fun next() = i(start) + 1

    inner class Twice {
        @Async
        fun value() = next() + this@Counter.next()
    }
}

object Registry {
    private var names = ""

    @Async
    fun start(name: String): Registry {
        names = ""
        names = p(name)
        return this
    }

    @Async
    fun all(): String = p("-") + names
}

@Async
fun companionsAndObjects(): Any? {
    return Counter.of(3).Twice().value() + Counter.count() to Registry.start("a").start("b").all()
}

// inline functions

@Async
inline fun <T> measured(name: String, block: () -> T): T {
    log("begin $name")
    try {
        return block()
    } finally {
        log("end $name")
        v()
    }
}

inline fun <reified T> only(values: List<Any?>): List<T> {
    val result = ArrayList<T>()
    for (value in values) if (value is T) result += value
    return result
}

@Async
fun search(limit: Int): Int {
    listOf(1, 2, 3).forEach { value ->
        measured("value $value") {
            if (i(value) == limit) return value * 10
        }
    }
    return i(-1)
}

@Async
fun inlinedLambdasAndTheirReturns(): Any? {
    val found = listOf(search(2), search(9))
    outer@ for (a in 1..3) {
        for (b in 3 downTo 1 step 2) {
            run {
                if (i(a) == b) continue@outer
            }
            log("$a$b")
        }
    }
    return found + only<String>(listOf(p("x"), i(1), p("y"))).map { it.length + i(1) }
}

class Resource(private val name: String) : Closeable {
    override fun close() {
        log("close $name")
    }
}

@Async
fun useClosesWhatSuspended(): Any? = try {
    Resource("a").use { _ -> Resource(p("b")).use { i(1) + fails(p("no")) } }
} catch (e: IllegalStateException) {
    e.message + p("!")
}

@Async
fun fails(text: String): Int {
    fail(IllegalStateException(text))
    return 1
}

// lambdas

fun interface Step {
    @Async
    fun step(number: Int): String
}

@Async
fun twice(step: Step): String = step.step(i(1)) + step.step(i(2))

@Async
fun samLambdas(): Any? {
    var calls = 0
    val prefix = p("s")
    val coroutine = Coroutine {
        calls += i(1)
        prefix + p("coroutine")
    }
    val function = AsyncFunction<Int, String> { number -> "$prefix${i(number)}$calls" }
    val nested = Coroutine { Coroutine { p("nested") + coroutine.run() }.run() }
    return listOf(
        coroutine.run(),
        function.apply(4),
        nested.run(),
        twice { number -> "step${i(number)}" },
        twice(Step { p("same") }),
        i(calls),
    )
}

@Async
fun references(): Any? {
    val top = Coroutine(::reference)
    val bound = Coroutine(Registry.start("bound")::all)
    return top.run() + bound.run()
}

@Async
fun reference(): String = p("reference")

@Async
fun localFunctions(): Any? {
    var total = 0

    @Async
    fun add(number: Int): Int {
        if (number > 0) add(number - 1)
        total += i(number)
        return total
    }
    return add(3) + i(total)
}

@Async
fun objectExpressions(): Any? {
    val captured = p("captured")
    val step = object : Step {
        private val own = i0()
        override fun step(number: Int): String = captured + i(number) + own
    }
    return step.step(i(5))
}

fun i0() = 7

// classes

interface Named {
    @Async
    fun name(): String

    @Async
    fun title(prefix: String = p("Dr")): String = prefix + " " + name()
}

class Person(private val name: String) : Named {
    override fun name() = p(name)
}

class Delegating(private val person: Named) : Named by person {
    override fun title(prefix: String): String = person.title(prefix) + p("?")
}

@Async
fun delegation(): Any? {
    val delegating: Named = Delegating(Person("Who"))
    return delegating.name() + delegating.title() + Person("X").title("Mr")
}

@JvmInline
value class Metres(val length: Int) {
    @Async
    operator fun plus(other: Metres) = Metres(i(length) + i(other.length))
}

@Async
fun longer(a: Metres, b: Metres?): Metres = if (b == null) a + Metres(i(1)) else a + b

@Async
fun valueClasses(): Any? = longer(Metres(i(1)), null).length + longer(Metres(2), Metres(i(3))).length

@Async
infix fun Int.power(exponent: Int): Long {
    var result = l(1)
    for (k in 0 until exponent) result *= this
    return result
}

val String.slowLength: Int
    @Async get() = i(length)

@Async
fun extensionsAndProperties(): Any? = (i(2) power i(10)) + p("four").slowLength

@Async
fun dataClasses(): Any? {
    val box = Box(i(1), l(2)).copy(width = i(3))
    val (width, height) = box
    return "$width ${l(height)} ${p(box)} ${box == Box(i(3))}"
}

enum class Operation {
    PLUS {
        override fun apply(a: Int, b: Int) = i(a) + b
    },
    TIMES {
        override fun apply(a: Int, b: Int) = i(a) * i(b)
    };

    @Async
    abstract fun apply(a: Int, b: Int): Int
}

@Async
fun enums(): Any? = Operation.entries.map { it.name to i(it.ordinal) } + Operation.PLUS.apply(1, i(2)) + Operation.TIMES.apply(i(3), 4)

// null and exceptions

@Async
fun nulls(): Any? {
    val none: String? = p<String?>(null)
    val some: String? = p("some")
    val length = (none?.length ?: i(3)) + (some?.length ?: i(9))
    return length + try {
        p<String?>(null)!!.length
    } catch (e: NullPointerException) {
        i(100)
    } finally {
        log(some?.let { it + p("!") })
    }
}

@Async
fun tryIsAnExpression(): Any? {
    val first = try { fails("a") } catch (e: IllegalStateException) { i(2) } finally { log(p("finally")) }
    val text = "x" + try { p("y") } finally { v() } + (if (z(first > 1)) i(1) else p("no"))
    return runCatching { fails(text) }.fold({ it }, { it.message + i(1) })
}

@Async
tailrec fun countDown(from: Int, seen: String = ""): String =
    if (from == 0) seen else countDown(from - i(1), seen + i(from))

@Async
fun tailRecursion(): Any? = countDown(4)

@Async
fun destructuringAndIndices(): Any? {
    val result = StringBuilder()
    for ((index, value) in listOf(p("a"), p("b")).withIndex()) {
        result.append(index + i(1)).append(value)
    }
    for ((key, value) in linkedMapOf(p("k") to i(1), "l" to i(2))) {
        result.append(key).append(l(value.toLong()))
    }
    val array = IntArray(3) { it + i0() }
    array[i(1)] += i(5)
    array[0]++
    return result.toString() + array.sum()
}

class Steps(private val end: Int) : AsyncIterable<Int> {
    override fun iterator() = object : AsyncIterator<Int> {
        private var next = 0

        override fun hasNext() = z(next < end)

        @Async
        override fun next(): Int = i(next++)
    }
}

@Async
fun loopsOverWhatSuspends(): Any? {
    var sum = 0
    for (step in Steps(i(3))) {
        for (name in listOf("a", "b")) log(name + step)
        sum += step
    }
    return sum
}
