package dev.weft.io;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.ExceptionGroup;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects to a host by one of its addresses. */
final class Connector {
    private final EventLoop loop;
    private final @Nullable SocketAddress local;
    private final @Nullable Duration attemptDelay;

    Connector(EventLoop loop, @Nullable SocketAddress local, @Nullable Duration attemptDelay) {
        this.loop = loop;
        this.local = local;
        this.attemptDelay = attemptDelay;
    }

    @Async
    SocketChannel connect(SocketAddress address) throws IOException {
        if (!(address instanceof InetSocketAddress target)) {
            return Connecting.connect(loop, address, localAddress());
        }
        return connectToOne(target.getHostString() + ":" + target.getPort(), alternating(Names.resolve(target)));
    }

    /** Suspends until one of the addresses is connected to. */
    @Async
    SocketChannel connectToOne(String target, List<InetSocketAddress> addresses) throws IOException {
        SocketAddress from = localAddress();
        if (addresses.size() == 1) {
            return Connecting.connect(loop, addresses.get(0), from);
        }
        List<Coroutine<SocketChannel>> attempts = new ArrayList<>();
        for (InetSocketAddress next : addresses) {
            attempts.add(() -> Connecting.connect(loop, next, from));
        }
        try {
            return new StaggeredRace<>(loop, attempts, attemptDelay, Connector::discard).run();
        } catch (ExceptionGroup failures) {
            throw combined(target, failures.exceptions());
        }
    }

    @Async
    private @Nullable SocketAddress localAddress() throws IOException {
        return local instanceof InetSocketAddress internet
                ? Names.resolve(internet).get(0)
                : local;
    }

    /** The families in turn, the first one first; within a family in order. */
    static List<InetSocketAddress> alternating(List<InetSocketAddress> addresses) {
        List<InetSocketAddress> first = new ArrayList<>();
        List<InetSocketAddress> second = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            (isSameFamily(address, addresses.get(0)) ? first : second).add(address);
        }
        List<InetSocketAddress> alternating = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                alternating.add(first.get(i));
            }
            if (i < second.size()) {
                alternating.add(second.get(i));
            }
        }
        return alternating;
    }

    private static boolean isSameFamily(InetSocketAddress one, InetSocketAddress other) {
        Class<? extends InetAddress> family = one.getAddress().getClass();
        return family == other.getAddress().getClass();
    }

    private static void discard(SocketChannel loser) {
        try {
            loser.close();
        } catch (IOException e) {
            // it was of no use to anybody
        }
    }

    private static ConnectException combined(String target, List<Throwable> failures) {
        StringBuilder text =
                new StringBuilder("Cannot connect to ").append(target).append(". Multiple exceptions:");
        failures.forEach(
                failure -> text.append(' ').append(failure.getMessage()).append(';'));
        text.setLength(text.length() - 1);
        ConnectException combined = new ConnectException(text.toString());
        failures.forEach(combined::addSuppressed);
        return combined;
    }
}
