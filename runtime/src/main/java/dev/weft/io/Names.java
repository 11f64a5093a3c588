package dev.weft.io;

import dev.weft.Async;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up names of hosts without blocking the loop. */
final class Names {
    private Names() {}

    /** The addresses of a host, at least one; what is resolved, or no name, is not looked up. */
    @Async
    static List<InetSocketAddress> resolve(InetSocketAddress address) throws IOException {
        if (!address.isUnresolved()) {
            return List.of(address);
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress one : Dns.lookup(address.getHostString())) {
            addresses.add(new InetSocketAddress(one, address.getPort()));
        }
        return addresses;
    }

    /** The host of an address, as it was given; null if there is none. */
    static @Nullable String host(SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getHostString() : null;
    }

    /** Whether it is an address and not a name: no name has a colon, or digits and dots only. */
    static boolean isLiteral(String host) {
        return host.isEmpty()
                || host.indexOf(':') >= 0
                || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
