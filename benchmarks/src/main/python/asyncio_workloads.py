"""The workloads of the comparison with CPython's asyncio, for scale.

    python3 asyncio_workloads.py short|long ["workload variant" ...]

Prints for each workload its name, its variant, and nanoseconds of time and of the process's processor time for one
operation, between tabs. For parked tasks it prints bytes of resident memory instead.
"""

import asyncio
import gc
import sys
import time

SECONDS = {"short": 0.1, "long": 0.5}


def switch(tasks):
    async def repeat(times):
        for _ in range(times):
            await asyncio.sleep(0)

    async def run(operations):
        each = max(1, operations // tasks)
        await asyncio.gather(*(repeat(each) for _ in range(tasks)))
        return each * tasks

    return run


def deep_switch(depth):
    async def level(left, times):
        if left > 1:
            await level(left - 1, times)
            return
        for _ in range(times):
            await asyncio.sleep(0)

    async def run(operations):
        await level(depth, operations)
        return operations

    return run


def recursion(depth):
    async def level(left):
        if left == 0:
            await asyncio.sleep(0)
            return 0
        return await level(left - 1) + left

    async def run(operations):
        for _ in range(operations):
            await level(depth)
        return operations

    return run


def calls(depth):
    async def level(left, x):
        if left > 1:
            return await level(left - 1, x) + 1
        if x < 0:
            await asyncio.sleep(0)
        return x + 1

    async def run(operations):
        x = 0
        for _ in range(operations):
            x = await level(depth, x) & 0xFFFF
        return operations

    return run


async def create_and_await(operations):
    async def nothing():
        pass

    for _ in range(operations):
        await asyncio.create_task(nothing())
    return operations


async def ping_pong(operations):
    there, back = asyncio.Queue(1), asyncio.Queue(1)
    times = max(1, operations // 2)

    async def answer():
        for _ in range(times):
            await back.put(await there.get())

    answering = asyncio.create_task(answer())
    for i in range(times):
        await there.put(i)
        await back.get()
    await answering
    return 2 * times


async def skynet(number, size):
    if size == 1:
        return number
    part = size // 10
    children = [asyncio.create_task(skynet(number + i * part, part)) for i in range(10)]
    total = 0
    for child in children:
        total += await child
    return total


def whole_skynet(leaves):
    async def run(_):
        assert await skynet(0, leaves) == leaves * (leaves - 1) // 2
        return 1

    return run


async def sleeps(_):
    tasks = 100_000
    await asyncio.gather(*(asyncio.sleep(i / tasks) for i in range(tasks)))
    return tasks / 1_000_000  # the others sleep in a million


async def rearm(operations):
    loop = asyncio.get_running_loop()
    pending = [loop.call_later(3600 + i * 0.036, print) for i in range(100_000)]
    begun = now()
    for _ in range(operations):
        async with asyncio.timeout(90 * 60):
            pass
    taken = since(begun)
    for timer in pending:
        timer.cancel()
    return operations, taken


def submit(each_answered):
    async def answer():
        return 1

    def round_trips(loop, operations):
        for _ in range(operations):
            asyncio.run_coroutine_threadsafe(answer(), loop).result()

    def stream(loop, operations):
        for future in [asyncio.run_coroutine_threadsafe(answer(), loop) for _ in range(operations)]:
            future.result()

    async def run(operations):
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(round_trips if each_answered else stream, loop, operations)
        return operations

    return run


def now():
    return time.perf_counter_ns(), time.process_time_ns()


def since(begun):
    return tuple(b - a for a, b in zip(begun, now()))


def measure(run, seconds):
    """Nanoseconds for an operation: more and more of them, until they take long enough."""
    operations = 100
    while True:
        gc.collect()
        begun = now()
        done = asyncio.run(run(operations))
        wall, cpu = since(begun)
        if isinstance(done, tuple):  # it knows better when it began
            done, (wall, cpu) = done
        if wall >= seconds * 1e9:
            return wall / done, cpu / done
        operations = max(2 * operations, int(1.2 * operations * seconds * 1e9 / max(wall, 1)))


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


def parked(depth):
    async def level(left):
        if left > 1:
            await level(left - 1)
        else:
            await asyncio.sleep(3600)

    async def run():
        tasks = 100_000
        gc.collect()
        before = resident_bytes()
        sleeping = [asyncio.create_task(level(depth)) for _ in range(tasks)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        bytes_each = (resident_bytes() - before) / tasks
        for task in sleeping:
            task.cancel()
        return bytes_each

    return run


def in_own_process(depth):
    """Memory that was used before would be used again, and hide what tasks take."""
    import subprocess

    printed = subprocess.run(
        [sys.executable, __file__, "parked", str(depth)], check=True, capture_output=True, text=True
    )
    return float(printed.stdout)


WORKLOADS = [
    ("Switch", "tasks=1", switch(1)),
    ("Switch", "tasks=10", switch(10)),
    ("Switch", "tasks=1000", switch(1000)),
    ("DeepSwitch", "depth=1", deep_switch(1)),
    ("DeepSwitch", "depth=10", deep_switch(10)),
    ("DeepSwitch", "depth=100", deep_switch(100)),
    ("Recursion", "", recursion(100)),
    ("CallsOutOfLine", "depth=1", calls(1)),
    ("CallsOutOfLine", "depth=5", calls(5)),
    ("CreateAwait", "", create_and_await),
    ("PingPong", "", ping_pong),
    ("Skynet", "leaves=100000", whole_skynet(100_000)),
    ("Skynet", "leaves=1000000", whole_skynet(1_000_000)),
    ("Sleeps", "", sleeps),
    ("TimerRearm", "", rearm),
    ("Submit", "kind=ROUND_TRIP", submit(True)),
    ("Submit", "kind=STREAM", submit(False)),
]


def is_wanted(wanted, name, variant):
    return not wanted or f"{name} {variant}".strip() in wanted


def main(mode, wanted):
    for name, variant, run in WORKLOADS:
        if not is_wanted(wanted, name, variant) or mode == "short" and variant == "leaves=1000000":
            continue
        wall, cpu = measure(run, SECONDS[mode])
        print(name, variant, wall, cpu, sep="\t", flush=True)
    for depth in (1, 5):
        if is_wanted(wanted, "ParkedTasks", f"depth={depth}"):
            print("ParkedTasks", f"depth={depth}", in_own_process(depth), "NaN", sep="\t", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "parked":
        print(asyncio.run(parked(int(sys.argv[2]))()))
    else:
        main(sys.argv[1], sys.argv[2:])
