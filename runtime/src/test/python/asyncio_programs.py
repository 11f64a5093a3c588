"""Makes programs at random, runs them in asyncio in virtual time, and prints program and trace, for ComparedProgramsTest.

    python3.13 asyncio_programs.py FIRST_SEED COUNT [LONGEST_TRACE] > programs.txt

A program is a list of statements, each a list that begins with its kind. Where asyncio's order is not defined (it keeps
tasks in sets), this uses the order of creation; TaskGroup.create_task is that of Python 3.14.
"""
import asyncio
import gc
import logging
import random
import selectors
import sys
import warnings


class Boom(Exception):
    pass


class Selector(selectors.BaseSelector):
    """Nothing to select on: time passes at once."""
    def __init__(self): self.now = 0.0; self.map = {}
    def register(self, fileobj, events, data=None):
        key = selectors.SelectorKey(fileobj, 0, events, data); self.map[fileobj] = key; return key
    def unregister(self, fileobj): return self.map.pop(fileobj)
    def get_map(self): return self.map
    def get_key(self, fileobj): return self.map[fileobj]
    def select(self, timeout=None):
        if timeout is None: raise AssertionError("nothing is left to wait for")
        self.now += max(0.0, timeout)
        return []


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.virtual = Selector()
        super().__init__(self.virtual)
        self._clock_resolution = 1e-3
    def time(self): return self.virtual.now


class OrderedSet(dict):
    def add(self, x): self[x] = None
    def discard(self, x): self.pop(x, None)

    def remove(self, x): del self[x]


class Group(asyncio.TaskGroup):
    """With the tasks in order, and creating tasks as Python 3.14 does."""
    def __init__(self):
        super().__init__()
        self._tasks = OrderedSet()
    def create_task(self, coro):
        if not self._entered or self._exiting and not self._tasks or self._aborting:
            raise RuntimeError
        task = self._loop.create_task(coro)
        self._tasks.add(task)
        task.add_done_callback(self._on_task_done)
        return task


class AsCompleted(asyncio.tasks._AsCompletedIterator):
    """With the futures in order."""
    def __init__(self, aws, timeout):
        self._done = asyncio.Queue()
        self._timeout_handle = None
        todo = OrderedSet.fromkeys(aws)
        for f in todo: f.add_done_callback(self._handle_completion)
        if todo and timeout is not None:
            self._timeout_handle = asyncio.get_running_loop().call_later(timeout, self._handle_timeout)
        self._todo = todo
        self._todo_left = len(todo)


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed); self.names = 0; self.n = 0; self.locked = False
    def mark(self): self.n += 1; return self.n
    def time(self):
        return 0 if self.r.random() < .5 else self.r.randint(1, 1000000)
    def body(self, depth, mine, group):
        mine = list(mine)
        return [self.stmt(depth, mine, group) for _ in range(self.r.randint(1, 4))]
    def stmt(self, depth, mine, group):
        r = self.r
        simple = ["S", "S", "S", "P", "C", "C", "Q", "X", "U", "A", "SH", "W", "AC", "R", "CC"] if r.random() < .5 else ["S", "EV", "QP", "QG", "QN", "QPN", "QD", "QJ", "QS", "QP", "QG", "EV", "EV", "CW", "CW", "CW", "CN", "CN", "CN", "BW", "BW", "BW"]
        deep = ["N", "N", "N", "T", "T", "F", "G", "O", "O", "WF", "TG", "TG", "K", "M", "LK", "LK", "SM", "SM"]
        op = r.choice(simple if depth == 0 else simple[:10] + deep * 2)
        b = lambda: self.body(depth - 1, mine, group)
        own = lambda: self.body(depth - 1, [], None)
        anyone = "t%d" % r.randint(1, max(1, self.names))
        if op == "S": return [op, self.time()]
        if op in ("CW", "BW"): return [op] if not self.locked else ["S", 0]
        if op == "CN": return [op, r.randint(1, 3)] if not self.locked else ["S", 0]
        if op == "EV": return [op, r.choice(["set", "clear", "await", "await"])]
        if op in ("QP", "QPN"): return [op, self.mark()]
        if op in ("QG", "QN", "QD", "QJ"): return [op]
        if op == "QS": return [op, r.random() < .5] if r.random() < .1 else ["S", 0]
        if op in ("LK", "SM"):
            if self.locked: return ["S", 0]
            self.locked = True
            body = b()
            self.locked = False
            return [op, body]
        if op == "P": return [op, self.mark()]
        if op in ("C", "Q"): return [op, anyone, "m%d" % self.mark()]
        if op == "CC": return [op, "m%d" % self.mark()]
        if op == "X": return [op, self.mark()] if r.random() < .5 else ["P", self.mark()]
        if op == "R": return [op, self.mark()] if r.random() < .3 else ["S", 0]
        if op == "U": return [op] if r.random() < .5 else ["S", 0]
        if op in ("A", "SH"):
            return [op, r.choice(mine)] if mine else ["S", 0]
        if op == "W":
            if not mine: return ["S", self.time()]
            return [op, r.randint(0, 2), self.time() if r.random() < .5 else -1, r.sample(mine, r.randint(1, len(mine)))]
        if op == "AC":
            if not mine: return ["S", self.time()]
            return [op, r.sample(mine, r.randint(1, len(mine))), self.time() if r.random() < .3 else -1]
        if op == "N":
            self.names += 1
            name = "t%d" % self.names
            body = own()
            mine.append(name)
            return [op, name, body]
        if op == "T": return [op, b(), r.randint(0, 1), b()]
        if op == "F": return [op, b(), b()]
        if op == "G": return [op, r.random() < .4, [own() for _ in range(r.randint(1, 3))]]
        if op == "O": return [op, self.time(), b()]
        if op == "M": return ["S", self.time()]
        if op == "WF":
            if mine and r.random() < .5: return [op, self.time(), r.choice(mine)]
            return [op, self.time(), own()]
        if op == "TG":
            return [op, [self.body(depth - 1, [], True) for _ in range(r.randint(0, 3))], self.body(depth - 1, mine, True)]
        if op == "K":
            if not group: return ["S", 0]
            return [op, own()]
        raise AssertionError(op)


def text(e):
    if isinstance(e, BaseExceptionGroup): return "Group[" + ", ".join(text(x) for x in e.exceptions) + "]"
    if isinstance(e, asyncio.CancelledError): return "Cancelled"
    if isinstance(e, Boom): return "Boom(%d)" % e.args[0]
    if isinstance(e, TimeoutError): return "Timeout"
    if isinstance(e, asyncio.BrokenBarrierError): return "Broken"
    if isinstance(e, asyncio.QueueShutDown): return "ShutDown"
    if isinstance(e, asyncio.QueueEmpty): return "Empty"
    if isinstance(e, asyncio.QueueFull): return "Full"
    if isinstance(e, (RuntimeError, ValueError)): return "Refused"
    if isinstance(e, BaseException): return repr(e)
    return "null" if e is None else str(e)

WHEN = [asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION, asyncio.ALL_COMPLETED]


class Returned:
    def __init__(self, value): self.value = value


class Run:
    def __init__(self): self.trace = []; self.tasks = {}; self.labels = 0
    def log(self, label, what):
        self.trace.append("%d %s %s" % (asyncio.get_running_loop().time(), label, what))
    def label(self): self.labels += 1; return "x%d" % self.labels
    async def code(self, body, label, group=None):
        self.log(label, "begins")
        try:
            r = await self.body(body, label, group)
        except BaseException as e:
            self.log(label, "throws " + text(e)); raise
        v = r.value if isinstance(r, Returned) else None
        self.log(label, "returns " + text(v))
        return v
    async def body(self, body, label, group):
        for s in body:
            r = await self.stmt(s, label, group)
            if isinstance(r, Returned): return r
    async def stmt(self, s, label, group):
        op = s[0]
        if op == "S": await asyncio.sleep(s[1])
        elif op == "P": self.log(label, "P %d" % s[1])
        elif op == "C":
            t = self.tasks.get(s[1])
            self.log(label, "C %s %s" % (s[1], "-" if t is None else str(t.cancel(s[2])).lower()))
        elif op == "CC":
            asyncio.current_task().cancel(s[1])
        elif op == "Q":
            t = self.tasks.get(s[1])
            self.log(label, "Q %s %s" % (s[1], "-" if t is None else "%s %s %d" % (str(t.done()).lower(), str(t.cancelled()).lower(), t.cancelling())))
        elif op == "U": self.log(label, "U %d" % asyncio.current_task().uncancel())
        elif op == "EV":
            if s[1] == "set": self.event.set()
            elif s[1] == "clear": self.event.clear()
            else: await self.event.wait()
            self.log(label, "EV " + s[1])
        elif op == "LK":
            async with self.lock:
                self.log(label, "LK")
                return await self.body(s[1], label, group)
        elif op == "SM":
            async with self.semaphore:
                self.log(label, "SM")
                return await self.body(s[1], label, group)
        elif op == "CW":
            async with self.cond:
                self.log(label, "CW")
                await self.cond.wait()
                self.log(label, "woken")
        elif op == "CN":
            async with self.cond:
                self.cond.notify(s[1])
                self.log(label, "CN")
        elif op == "BW":
            self.log(label, "BW %d" % await self.barrier.wait())
        elif op == "QP":
            await self.queue.put(s[1]); self.log(label, "QP %d" % s[1])
        elif op == "QG":
            self.log(label, "QG %d" % await self.queue.get())
        elif op == "QN":
            try: self.log(label, "QN %d" % self.queue.get_nowait())
            except Exception as e: self.log(label, "QN " + text(e))
        elif op == "QPN":
            try: self.queue.put_nowait(s[1]); self.log(label, "QPN")
            except Exception as e: self.log(label, "QPN " + text(e))
        elif op == "QD":
            try: self.queue.task_done(); self.log(label, "QD")
            except Exception as e: self.log(label, "QD " + text(e))
        elif op == "QJ":
            await self.queue.join(); self.log(label, "QJ")
        elif op == "QS":
            self.queue.shutdown(s[1]); self.log(label, "QS")
        elif op == "X": raise Boom(s[1])
        elif op == "R": return Returned(s[1])
        elif op == "N":
            if s[1] in self.tasks: return None
            self.tasks[s[1]] = asyncio.create_task(self.code(s[2], s[1]), name=s[1])
        elif op in ("A", "SH"):
            t = self.tasks.get(s[1])
            if t is None: return None
            v = await (t if op == "A" else asyncio.shield(t))
            self.log(label, "%s %s = %s" % (op, s[1], text(v)))
        elif op == "W":
            ts = [self.tasks[n] for n in s[3] if n in self.tasks]
            if not ts: return None
            d, p = await asyncio.wait(ts, return_when=WHEN[s[1]], timeout=None if s[2] < 0 else s[2])
            self.log(label, "W [%s] [%s]" % (" ".join(sorted(t.get_name() for t in d)), " ".join(sorted(t.get_name() for t in p))))
        elif op == "AC":
            ts = [self.tasks[n] for n in s[1] if n in self.tasks]
            for f in AsCompleted(ts, None if s[2] < 0 else s[2]):
                try:
                    self.log(label, "AC " + text(await f))
                except (Boom, BaseExceptionGroup, TimeoutError) as e:
                    self.log(label, "AC " + text(e))
        elif op == "T":
            try:
                return await self.body(s[1], label, group)
            except BaseException as e:
                self.log(label, "caught " + text(e))
                r = await self.body(s[3], label, group)
                if r is not None: return r
                if s[2]: raise
        elif op == "F":
            try:
                return await self.body(s[1], label, group)
            finally:
                self.log(label, "finally")
                await self.body(s[2], label, group)
        elif op == "G":
            r = await asyncio.gather(*[self.code(b, self.label()) for b in s[2]], return_exceptions=s[1])
            self.log(label, "G " + ", ".join(text(x) for x in r))
        elif op == "O":
            async with asyncio.timeout(s[1]) as limit:
                r = await self.body(s[2], label, group)
                self.log(label, "O " + str(limit.expired()).lower())
                return r
        elif op == "WF":
            if isinstance(s[2], str):
                t = self.tasks.get(s[2])
                if t is None: return None
                v = await asyncio.wait_for(t, s[1])
            else:
                v = await asyncio.wait_for(self.code(s[2], label + "w"), s[1])
            self.log(label, "WF " + text(v))
        elif op == "TG":
            async with Group() as tg:
                for b in s[1]: tg.create_task(self.code(b, self.label(), tg))
                return await self.body(s[2], label, tg)
        elif op == "K":
            c = self.code(s[1], self.label())
            try:
                group.create_task(c)
            except RuntimeError as e:
                c.close()
                self.log(label, "K Refused")
        else: raise AssertionError(op)
        return None
    async def main(self, program):
        self.lock = asyncio.Lock(); self.event = asyncio.Event(); self.semaphore = asyncio.Semaphore(2); self.queue = asyncio.Queue(2); self.cond = asyncio.Condition(self.lock); self.barrier = asyncio.Barrier(2)
        root = asyncio.create_task(self.code(program, "root"), name="root")
        self.tasks["root"] = root
        await asyncio.wait([root], timeout=50000000)
        self.log("main", "ended")
        for _ in range(3):
            for n, t in list(self.tasks.items()):
                if not t.done(): self.log("main", "C %s %s" % (n, str(t.cancel("end")).lower()))
            rest = [t for t in self.tasks.values() if not t.done()]
            if rest: await asyncio.wait(rest, timeout=10000000)
        for n, t in self.tasks.items():
            if not t.done(): self.log("main", n + " pending")
            elif t.cancelled(): self.log("main", "%s cancelled %d" % (n, t.cancelling()))
            else: self.log("main", "%s %s %d" % (n, text(t.exception() or t.result()), t.cancelling()))


def is_eager(seed):
    return seed % 3 == 0


def run(seed):
    program = Maker(seed).body(4, [], None)
    loop = Loop()
    loop.set_exception_handler(lambda *a: None)
    if is_eager(seed): loop.set_task_factory(asyncio.eager_task_factory)
    r = Run()
    try:
        loop.run_until_complete(r.main(program))
    finally:
        loop.close()
    return program, r.trace


def printed(program):
    if isinstance(program, list): return "(" + " ".join(printed(x) for x in program) + ")"
    return str(int(program)) if isinstance(program, bool) else str(program)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    sys.unraisablehook = lambda *args: None  # of tasks that never end
    gc.disable()  # asyncio keeps no reference to its tasks
    first, count = int(sys.argv[1]), int(sys.argv[2])
    longest = int(sys.argv[3]) if len(sys.argv) > 3 else sys.maxsize
    seed = first
    while count > 0:
        program, trace = run(seed)
        if 10 <= len(trace) <= longest and len(printed(program)) < 40 * longest:
            print(seed, "eager" if is_eager(seed) else "lazy")
            print(printed(program))
            print("\n".join(trace))
            print()
            count -= 1
        seed += 1
