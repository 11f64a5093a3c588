package dev.weft.agent.tests;

import static dev.weft.Asyncio.*;

import dev.weft.*;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What {@link LimitsTest} runs in small heaps: the first argument names the program, the last line that it prints is its result. */
final class LimitsPrograms {
    private static final Duration HOUR = Duration.ofHours(1);

    private LimitsPrograms() {}

    public static void main(String[] args) {
        Object result = switch (args[0]) {
            case "awaitsOfTasks" -> run(() -> awaitsOfTasks(5_000_000));
            case "sleepsOfZero" -> run(() -> sleepsOfZero(10_000_000));
            case "awaitsOfACompletedFuture" -> run(() -> awaitsOfACompletedFuture(10_000_000));
            case "deepRecursion" -> run(() -> deepRecursion(3_000));
            case "completedRecursion" -> run(() -> completedRecursion(100_000) + completedMutually(100_000));
            case "deeperRecursion" -> run(() -> deepRecursion(100_000));
            case "chainThatFinishes" -> run(() -> chainThatFinishes(200_000));
            case "chainThatIsCancelled" -> run(() -> chainThatIsCancelled(200_000));
            case "deadLocals" -> run(() -> deadLocals());
            case "parkedTasks" -> run(() -> parkedTasks(300_000));
            default -> throw new IllegalArgumentException(args[0]);
        };
        System.out.println(result);
    }

    @Async
    private static long awaitsOfTasks(int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += await(createTask(() -> two()));
        }
        return sum;
    }

    @Async
    private static int two() {
        return 2;
    }

    @Async
    private static int sleepsOfZero(int count) {
        int slept = 0;
        while (slept < count) {
            sleep(Duration.ZERO);
            slept++;
        }
        return slept;
    }

    /** Half of them before the method first suspends, half after: the twin and the resume body are different code. */
    @Async
    private static String awaitsOfACompletedFuture(int count) {
        AsyncFuture<Integer> future = EventLoop.running().createFuture();
        future.setResult(1);
        int depth = stackDepth();
        boolean deeper = false;
        long sum = 0;
        for (int i = 0; i < count / 2; i++) {
            sum += await(future);
            deeper |= i % 1_000_000 == 0 && stackDepth() > depth;
        }
        sleep(Duration.ZERO);
        depth = stackDepth();
        for (int i = 0; i < count / 2; i++) {
            sum += await(future);
            deeper |= i % 1_000_000 == 0 && stackDepth() > depth;
        }
        return sum + (deeper ? " with a growing stack" : "");
    }

    private static int stackDepth() {
        return StackWalker.getInstance().walk(frames -> (int) frames.count());
    }

    /** Suspends three times at the bottom, and once on the way up in every call. */
    @Async
    private static int deepRecursion(int depth) {
        if (depth == 0) {
            sleep(Duration.ZERO);
            sleep(Duration.ofMillis(1));
            sleep(Duration.ZERO);
            return 0;
        }
        int below = deepRecursion(depth - 1);
        sleep(Duration.ZERO);
        return below + 1;
    }

    /** Nothing suspends. */
    @Async
    private static int completedRecursion(int depth) {
        return depth == 0 ? two() - 2 : completedRecursion(depth - 1) + 1;
    }

    @Async
    private static int completedMutually(int depth) {
        return depth == 0 ? two() - 2 : mutually(depth - 1) + 1;
    }

    @Async
    private static int mutually(int depth) {
        return depth == 0 ? two() - 2 : completedMutually(depth - 1) + 1;
    }

    @Async
    private static int chainThatFinishes(int length) {
        AsyncFuture<Integer> first = EventLoop.running().createFuture();
        List<AsyncFuture<Integer>> chain = chain(first, length);
        sleep(Duration.ZERO); // now each waits for the one before
        first.setResult(0);
        return await(chain.get(length));
    }

    @Async
    private static String chainThatIsCancelled(int length) {
        AsyncFuture<Integer> first = EventLoop.running().createFuture();
        List<AsyncFuture<Integer>> chain = chain(first, length);
        sleep(Duration.ZERO);
        chain.get(length).cancel();
        try {
            await(chain.get(length));
        } catch (CancelledError e) {
            return chain.stream().filter(AsyncFuture::isCancelled).count() + " cancelled";
        }
        return "not cancelled";
    }

    private static List<AsyncFuture<Integer>> chain(AsyncFuture<Integer> first, int length) {
        List<AsyncFuture<Integer>> chain = new ArrayList<>(length + 1);
        chain.add(first);
        for (int i = 0; i < length; i++) {
            AsyncFuture<Integer> previous = chain.get(i);
            chain.add(createTask(() -> oneMoreThan(previous)));
        }
        return chain;
    }

    @Async
    private static int oneMoreThan(AsyncFuture<Integer> previous) {
        return await(previous) + 1;
    }

    /** While a method is suspended it keeps what it still needs, and nothing else. */
    @Async
    private static String deadLocals() {
        List<WeakReference<byte[]>> dead = new ArrayList<>();
        List<WeakReference<byte[]>> live = new ArrayList<>();
        AsyncFuture<String> end = EventLoop.running().createFuture();
        Task<Integer> local = createTask(() -> deadLocal(dead, end));
        Task<Integer> parameter = createTask(() -> deadParameter(bigArray(dead), end));
        Task<Integer> second = createTask(() -> deadAtTheSecondSuspension(dead, end));
        Task<Integer> needed = createTask(() -> liveLocal(live, end));
        sleep(Duration.ZERO);
        sleep(Duration.ZERO);
        for (int round = 0; round < 100 && !collected(dead); round++) {
            System.gc();
            sleep(Duration.ofMillis(10));
        }
        end.setResult("end");
        int sum = await(local) + await(parameter) + await(second) + await(needed);
        return dead.stream().map(reference -> reference.refersTo(null)).toList() + " "
                + live.stream().map(reference -> reference.refersTo(null)).toList() + " " + sum;
    }

    private static boolean collected(List<WeakReference<byte[]>> references) {
        return references.stream().allMatch(reference -> reference.refersTo(null));
    }

    private static byte[] bigArray(List<WeakReference<byte[]>> references) {
        byte[] big = new byte[1 << 20];
        references.add(new WeakReference<>(big));
        return big;
    }

    @Async
    private static int deadLocal(List<WeakReference<byte[]>> references, AsyncFuture<String> end) {
        byte[] big = bigArray(references);
        int length = big.length;
        await(end);
        return length >> 20;
    }

    @Async
    private static int deadParameter(byte[] big, AsyncFuture<String> end) {
        int length = big.length;
        await(end);
        return length >> 20;
    }

    /** The frame of the first suspension holds the array, the same frame at the second must not. */
    @Async
    private static int deadAtTheSecondSuspension(List<WeakReference<byte[]>> references, AsyncFuture<String> end) {
        byte[] big = bigArray(references);
        sleep(Duration.ZERO);
        int length = big.length;
        await(end);
        return length >> 20;
    }

    @Async
    private static int liveLocal(List<WeakReference<byte[]>> references, AsyncFuture<String> end) {
        byte[] big = bigArray(references);
        await(end);
        return big.length >> 20;
    }

    @Async
    private static String parkedTasks(int count) {
        List<Task<String>> tasks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tasks.add(createTask(() -> park()));
        }
        sleep(Duration.ofMillis(1));
        int parked = allTasks().size() - 1;
        tasks.forEach(Task::cancel);
        sleep(Duration.ofMillis(1));
        return parked + " parked, "
                + tasks.stream().filter(Task::isCancelled).count() + " cancelled, "
                + (allTasks().size() - 1) + " left";
    }

    @Async
    private static String park() {
        sleep(HOUR);
        return "woken";
    }
}
