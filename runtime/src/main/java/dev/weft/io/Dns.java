package dev.weft.io;

import static java.util.Objects.requireNonNull;

import dev.weft.Async;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Names of hosts and their addresses, looked up as the operating system does it, without blocking the loop.
 *
 * <pre>{@code
 * List<InetAddress> addresses = waitFor(() -> Dns.lookup("example.org"), Duration.ofSeconds(2));
 * }</pre>
 *
 * <p>Whoever opens connections needs none of this: {@link Connection#open(String, int)} looks names up by itself.
 *
 * <p>The operating system is asked on threads of its own, up to 32 of them for all loops together, so that a name server
 * that does not answer holds up neither the loop nor the work of {@code toThread}. Several questions for one name at the same
 * time are asked once. To cancel a task that waits ends its waiting at once, while the thread waits for the operating system to
 * give up. The JDK keeps answers for some time, as the security properties {@code networkaddress.cache.ttl} and
 * {@code networkaddress.cache.negative.ttl} say.
 */
public final class Dns {
    private Dns() {}

    /**
     * The addresses of a host, in the order of preference; at least one. An address as text is not looked up.
     *
     * @throws UnknownHostException if there is no such host, or nobody can tell
     */
    @Async
    public static List<InetAddress> lookup(String host) throws UnknownHostException {
        requireNonNull(host, "host");
        if (Names.isLiteral(host)) {
            return List.of(InetAddress.getAllByName(host));
        }
        return Lookup.ask(host, () -> List.of(InetAddress.getAllByName(host)));
    }

    /** The name of the host with an address; the address as text if it has none. */
    @Async
    public static String reverse(InetAddress address) throws UnknownHostException {
        requireNonNull(address, "address");
        return Lookup.ask(
                address, () -> InetAddress.getByAddress(address.getAddress()).getCanonicalHostName());
    }
}
