package dev.weft.examples;

import static dev.weft.Asyncio.*;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.partition.PartitionAware;
import dev.weft.*;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Work for the machines of a cluster: primes are counted by two members of Hazelcast, which here live in one JVM and talk over the
 * loopback. Its executor is an {@code ExecutorService} like any other, so that {@code runInExecutor} makes its work something to
 * await; no thread of ours waits for it.
 */
public final class FanOut {
    private static final int PARTS = 64;
    private static final int PART = 3_000;

    private FanOut() {}

    public static void main(String[] args) {
        System.setProperty("hazelcast.logging.type", "none");
        run(() -> program());
    }

    @Async
    static void program() {
        HazelcastInstance first = toThread(() -> Hazelcast.newHazelcastInstance(member("first", null)));
        String address =
                "127.0.0.1:" + first.getCluster().getLocalMember().getAddress().getPort();
        HazelcastInstance second = toThread(() -> Hazelcast.newHazelcastInstance(member("second", address)));
        try {
            System.out.println("members: " + second.getCluster().getMembers().size());
            count(first.getExecutorService("primes"));
        } finally {
            toThread(() -> second.shutdown());
            toThread(() -> first.shutdown());
        }
    }

    @Async
    private static void count(IExecutorService cluster) {
        EventLoop loop = EventLoop.running();
        List<AsyncFuture<Counted>> parts = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            parts.add(loop.runInExecutor(cluster, new Primes(part)));
        }
        int sum = 0;
        TreeSet<String> members = new TreeSet<>();
        for (Counted counted : gather(parts)) {
            sum += counted.primes;
            members.add(counted.member);
        }
        System.out.println(sum + " primes below " + PARTS * PART + ", counted by " + members);
    }

    /** What travels to a member. Its key decides to which one. */
    private record Primes(int part) implements Callable<Counted>, PartitionAware<Integer>, Serializable {
        @Override
        public Counted call() {
            int primes = (int) IntStream.range(part * PART, (part + 1) * PART)
                    .filter(Primes::isPrime)
                    .count();
            return new Counted(primes, Thread.currentThread().getName().split("\\.")[1]);
        }

        private static boolean isPrime(int number) {
            return number > 1
                    && IntStream.rangeClosed(2, (int) Math.sqrt(number)).allMatch(i -> number % i != 0);
        }

        @Override
        public Integer getPartitionKey() {
            return part;
        }
    }

    /** What comes back: a result, and the name of the member whose thread it was. */
    private record Counted(int primes, String member) implements Serializable {}

    /** A member at a free port of this machine, that joins another one and says nothing of itself. */
    private static Config member(String name, String other) {
        Config config = new Config(name)
                .setClusterName("weft-examples-" + ProcessHandle.current().pid());
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.getMetricsConfig().setEnabled(false);
        config.getNetworkConfig().setPort(0).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(other == null ? List.of() : List.of(other));
        return config;
    }
}
