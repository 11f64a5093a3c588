package dev.weft.io;

import dev.weft.Async;
import java.io.IOException;
import java.net.Inet6Address;
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

    /** The first of the addresses that a socket bound to {@code from} can send to; null if there is none. */
    static @Nullable InetSocketAddress reachable(InetAddress from, List<InetSocketAddress> addresses) {
        boolean six = from instanceof Inet6Address;
        if (six && from.isAnyLocalAddress()) {
            return addresses.get(0);
        }
        for (InetSocketAddress address : addresses) {
            if (address.getAddress() instanceof Inet6Address == six) {
                return address;
            }
        }
        return six ? addresses.get(0) : null; // some systems have a way from IPv6 to IPv4
    }

    /** The host of an address, as it was given; null if there is none. */
    static @Nullable String host(SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getHostString() : null;
    }

    /** Whether it is an address and not a name, as far as the JDK is concerned, which looks up all else. */
    static boolean isLiteral(String host) {
        return host.isEmpty() || host.indexOf(':') >= 0 || isIpv4(host);
    }

    /** Whether it is one to four numbers, the last of which fills what the others leave of 32 bits. */
    private static boolean isIpv4(String host) {
        if (host.length() > "255.255.255.255".length()) {
            return false;
        }
        String[] parts = host.split("\\.", -1);
        int last = parts.length - 1;
        for (int i = 0; i <= last; i++) {
            String part = parts[i];
            if (part.isEmpty() || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
            if (Long.parseLong(part) >> (i < last ? 8 : 32 - 8 * last) != 0) {
                return false;
            }
        }
        return last < 4;
    }
}
